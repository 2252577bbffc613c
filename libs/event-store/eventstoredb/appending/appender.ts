import type { StreamName } from '#kernel/id';
import { textBytes } from '../../validate-append';
import { BEFORE_FIRST, actualRevision, holds } from '../../expectation';
import { LogUnavailable, type AppendResult, type EventToAppend, type ExpectedRevision } from '../../log.port';
import type { Connection } from '../client/connection';
import { bytesBeside, toServer } from '../client/event-shape';
import { attemptFault, unavailable, type AttemptFault } from '../client/faults';
import { Semaphore } from '#async/semaphore';
import type { AppendRecovery } from './append-recovery';
import { backOffMs, pause, type BackOff, type Timers } from '../client/timers';

export interface AppendTimes {
  /** How long an append may take, retries included, before it is *unknown*. */
  readonly deadlineMs: number;
  /** How long one attempt may: the client's own deadline does not end one that is never answered. */
  readonly attemptMs: number;
  readonly retryMs: BackOff;
}

export interface AppendRequest {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
  readonly bytes: number;
}

type ExactRequest = AppendRequest & { readonly expected: 'none' | number };

/** What became of one append so far: whether it may be there, and whether its time is over. */
class Course {
  sent = false;
  over = false;
  private ending: AbortController | undefined;

  /** Made for whoever waits: most appends are answered without a wait. */
  get signal(): AbortSignal {
    this.ending ??= new AbortController();
    if (this.over) this.ending.abort();
    return this.ending.signal;
  }

  end(): void {
    this.over = true;
    this.ending?.abort();
  }
}

type Answer = { readonly kind: 'written'; readonly position: bigint | undefined } | AttemptFault;

/** A position that the server could not tell: all bits set. */
const NO_POSITION = 2n ** 63n;

/** Bytes of events under way at once: the client itself holds nobody back. */
const UNDER_WAY = 32 * 1024 * 1024;
/** What an append weighs besides its texts. */
const OVERHEAD = 4096;

/** The server's limit, less what lies beside the texts: so much would have been taken (until 24.10.3 a little more: it counted less). */
const tooLarge = ({ what, limit }: Extract<AttemptFault, { kind: 'too-large' }>, events: readonly EventToAppend[]): AppendResult => {
  const sizes = events.map((event) => ({ bytes: textBytes(event), beside: bytesBeside(event) }));
  const { bytes, beside } = sizes.reduce(what === 'append' ? both : larger);
  return { outcome: 'too-large', what, bytes, limit: Math.max(limit - beside, 0) };
};

interface Size {
  readonly bytes: number;
  readonly beside: number;
}
const both = (one: Size, other: Size): Size => ({ bytes: one.bytes + other.bytes, beside: one.beside + other.beside });
const larger = (one: Size, other: Size): Size => (other.bytes + other.beside > one.bytes + one.beside ? other : one);

/** Appends at an exact revision only, which is where the server takes a repeated append for the same. */
export class Appender {
  private readonly gate = new Semaphore(UNDER_WAY);

  constructor(
    private readonly connection: Connection,
    private readonly look: AppendRecovery,
    private readonly times: AppendTimes,
    private readonly timers: Timers,
  ) {}

  /** @throws LogUnavailable, `ambiguous` where the append may be there */
  async append(request: AppendRequest): Promise<AppendResult> {
    const { deadlineMs } = this.times;
    const course = new Course();
    let stop = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      stop = this.timers.after(deadlineMs, 'append deadline', () => {
        course.end();
        reject(new LogUnavailable(`the log did not answer within ${deadlineMs} ms`, course.sent));
      });
    });
    try {
      return await Promise.race([this.admitted(request, course), late]);
    } catch (error) {
      throw error instanceof LogUnavailable && !error.ambiguous && course.sent ? new LogUnavailable(error.message, true) : error;
    } finally {
      stop();
    }
  }

  private async admitted(request: AppendRequest, course: Course): Promise<AppendResult> {
    const { expected, bytes } = request;
    const leave = await this.gate.enter(bytes + OVERHEAD, course);
    try {
      return await (expected === 'any' || expected === 'exists'
        ? this.afterALook(request, course)
        : this.guarded({ ...request, expected }, course));
    } finally {
      leave();
    }
  }

  /** Where no revision is expected, the stream is looked at first: the server would store a repeated append again. */
  private async afterALook(request: AppendRequest, course: Course): Promise<AppendResult> {
    const { stream, expected, events } = request;
    for (;;) {
      const { through, revisions } = await this.look.upTo(stream, Infinity);
      const places = events.map(({ eventId }) => revisions.get(eventId));
      if (places.some((place) => place !== undefined)) return this.firstAnswer(request, places, through);
      if (!holds(expected, through)) return { outcome: 'conflict', actual: actualRevision(through) };
      const result = await this.exactly({ ...request, expected: through === BEFORE_FIRST ? 'none' : through }, course);
      // where somebody was faster, none of these events is there: look again
      if (result.outcome !== 'conflict') return result;
    }
  }

  /** All the same ids, in order, where the first attempt would have put them (R22): the first answer again. */
  private async firstAnswer(
    { stream, expected, events }: AppendRequest,
    places: readonly (number | undefined)[],
    head: number,
  ): Promise<AppendResult> {
    const first = places[0] ?? BEFORE_FIRST;
    const same = places.every((place, index) => place === first + index) && holds(expected, first - 1);
    const there = same ? await this.look.readBack(stream, first - 1, events) : undefined;
    return there?.outcome === 'appended' ? there : { outcome: 'conflict', actual: actualRevision(head) };
  }

  /** The server compares ids with those after the expected revision only: one stored before it would be stored twice. */
  private async guarded(request: ExactRequest, course: Course): Promise<AppendResult> {
    const { stream, expected, events } = request;
    if (expected !== 'none') {
      const { revisions } = await this.look.upTo(stream, expected);
      if (events.some(({ eventId }) => (revisions.get(eventId) ?? Infinity) <= expected)) {
        return this.look.conflict(stream);
      }
    }
    return this.exactly(request, course);
  }

  private async exactly(request: ExactRequest, course: Course): Promise<AppendResult> {
    const { stream, expected, events } = request;
    const before = expected === 'none' ? BEFORE_FIRST : expected;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.attempt(request, course);
      if (answer.kind === 'written' && answer.position !== undefined) return this.look.written(request, before, answer.position);
      if (answer.kind === 'too-large') return tooLarge(answer, events);
      if (answer.kind === 'refused') throw answer.error;
      if (answer.kind === 'wrong')
        return (await this.look.readBack(stream, before, events)) ?? { outcome: 'conflict', actual: answer.actual };
      const there = course.sent ? await this.look.readBack(stream, before, events).catch(() => undefined) : undefined;
      if (there !== undefined) return there;
      if (course.over) throw unavailable(answer.kind === 'unknown' ? answer.error : undefined, course.sent);
      await pause(this.timers, backOffMs(this.times.retryMs, attempt, this.timers.random()), 'append back-off', course.signal);
    }
  }

  /** One attempt, ended on this side: the same ids and the same revision each time. */
  private async attempt({ stream, expected, events }: ExactRequest, course: Course): Promise<Answer> {
    if (course.over) return { kind: 'unknown', sent: false, error: undefined };
    const client = this.connection.get();
    const heard = this.connection.answers;
    const call = client.appendToStream(stream, events.map(toServer), {
      expectedRevision: expected === 'none' ? 'no_stream' : BigInt(expected),
      deadline: this.times.attemptMs,
      requiresLeader: true,
    });
    let stop = (): void => undefined;
    const silence = new Promise<'silence'>((resolve) => {
      stop = this.timers.after(this.times.attemptMs, 'append attempt', () => resolve('silence'));
    });
    try {
      const answer = await Promise.race([call, silence]);
      if (answer !== 'silence') {
        this.connection.answered();
        const commit = answer.position?.commit;
        return { kind: 'written', position: commit === undefined || commit >= NO_POSITION ? undefined : commit };
      }
      course.sent = true;
      if (this.connection.answers === heard) this.connection.renew(client);
      return { kind: 'unknown', sent: true, error: undefined };
    } catch (error) {
      const fault = attemptFault(error);
      if (fault.kind !== 'unknown') this.connection.answered();
      else if (fault.sent) course.sent = true;
      else this.connection.renew(client);
      return fault;
    } finally {
      stop();
    }
  }
}
