import { LogUnavailable, START, type AppendResult, type EventLog, type Position, type StoredEvent } from '../log.port';
import { copyAppends, type CopyAppend, type CopyPace } from './appends';
import { CopyRefused } from './copy-refused';
import { sameEvent } from './same-event';
import { shareOfWay } from './share';

export interface CopyProgress {
  /** `comparing`: what the target holds already. */
  readonly phase: 'comparing' | 'copying' | 'proving';
  /** Of the whole log, so far. */
  readonly events: number;
  /** Of this phase, from 0 to 1. */
  readonly share: number;
}

export interface CopyParts {
  readonly source: EventLog;
  readonly target: EventLog;
  readonly pace: CopyPace;
  /** Ends the copy between two appends. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Called when the source has more events than at the last look: somebody writes. */
  readonly onGrown?: () => void;
}

/** Sends that are not stored, one after another, before the copy gives up. */
const ATTEMPTS = 5;

/** One copy on its way: up to `place` both logs are known to be equal. */
export class Copier {
  private place = { source: START, target: START };
  /** Equal events so far. */
  events = 0;

  constructor(private readonly parts: CopyParts) {}

  /**
   * Walks over what the target holds beyond the known place: each event must be the source's next. All of it is read, not its end alone:
   * the port reads forwards, and what lies before the end could not be mended later.
   * @throws CopyRefused
   */
  async compare(): Promise<void> {
    const { source, target, signal } = this.parts;
    const from = this.place.target;
    const head = await target.head();
    const there = source.readAll({ after: this.place.source })[Symbol.asyncIterator]();
    try {
      for await (const copied of target.readAll({ after: from })) {
        signal.throwIfAborted();
        const { value, done } = await there.next();
        if (done === true || !sameEvent(value, copied)) throw this.otherEvent(done === true);
        this.advance(value, copied.position, 1);
        this.tell('comparing', shareOfWay(from, copied.position, head));
      }
    } finally {
      await there.return?.();
    }
  }

  /** Until the source stands still. @returns its head, all of which is in the target */
  async copyToEnd(): Promise<Position> {
    const { source, onGrown = () => undefined } = this.parts;
    for (;;) {
      const head = await source.head();
      await this.copyUpTo(head);
      if ((await source.head()) === head) return head;
      onGrown();
    }
  }

  /** A send that was not stored whole may be stored in part, or later: what is there is looked at before the same events go again. */
  private async copyUpTo(head: Position): Promise<void> {
    for (let failures = 0; ;) {
      const before = this.events;
      const fault = await this.sendUpTo(head);
      if (fault === undefined) return;
      await this.compare();
      failures = this.events > before ? 0 : failures + 1;
      if (failures === ATTEMPTS) throw fault;
    }
  }

  private async sendUpTo(head: Position): Promise<Error | undefined> {
    const { source, pace, signal } = this.parts;
    const from = this.place.source;
    for await (const appends of copyAppends(source.readAll({ after: from }), pace)) {
      signal.throwIfAborted();
      const fault = await this.send(appends);
      if (fault !== undefined) return fault;
      this.tell('copying', shareOfWay(from, this.place.source, head));
    }
    return undefined;
  }

  /** Asked for in one turn, in order. @returns why not all of them were stored; up to there they count */
  private async send(appends: readonly CopyAppend[]): Promise<Error | undefined> {
    const { target } = this.parts;
    const answers = await Promise.allSettled(appends.map(({ stream, expected, events }) => target.append(stream, expected, events)));
    for (const [index, answer] of answers.entries()) {
      const { stream, events } = appends[index] as CopyAppend;
      if (answer.status === 'rejected') return notStored(answer.reason);
      if (answer.value.outcome !== 'appended') return refusal(answer.value, stream);
      const last = events.at(-1) as StoredEvent;
      if (answer.value.position <= this.place.target || answer.value.revision !== last.revision) throw orderLost(this.events + 1);
      this.advance(last, answer.value.position, events.length);
    }
    return undefined;
  }

  private advance({ position }: StoredEvent, target: Position, events: number): void {
    this.place = { source: position, target };
    this.events += events;
  }

  private tell(phase: CopyProgress['phase'], part: number): void {
    this.parts.onProgress?.({ phase, events: this.events, share: part });
  }

  private otherEvent(longer: boolean): CopyRefused {
    const number = this.events + 1;
    return new CopyRefused(
      longer
        ? `The target holds more than the source, from event ${number} on: it is no copy of it, or the two were confused.`
        : `The target is not empty and is no copy of the source: its event ${number} is another one. Name an empty log.`,
    );
  }
}

/** @throws what is no answer of a log */
const notStored = (fault: unknown): Error => {
  if (fault instanceof LogUnavailable) return fault;
  throw fault;
};

/** @throws CopyRefused where sending again cannot help */
const refusal = (answer: Exclude<AppendResult, { outcome: 'appended' }>, stream: string): CopyRefused => {
  if (answer.outcome === 'conflict')
    return new CopyRefused(`The target's stream ${stream} is not as in the source: somebody else writes to it, or wrote to it before.`);
  throw new CopyRefused(
    `The target takes only ${answer.limit} bytes at once, and the source holds ${answer.bytes} in ${stream}: raise its limit.`,
  );
};

const orderLost = (number: number): CopyRefused =>
  new CopyRefused(`The target did not keep the order at event ${number}: this copy cannot be mended, begin again with an empty log.`);
