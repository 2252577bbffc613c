import { createHash } from 'node:crypto';
import type { EventId, StreamName } from '#kernel/id';
import type { SeededRandom } from '#apps/demo/seeded-random';
import {
  LogUnavailable,
  type EventLog,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type StoredEvent,
} from '#event-store/log.port';
import { collected } from '../runner/differences';
import type { Clock } from './clock';
import { CATEGORIES, TYPES, type WriterCommand } from './schedule';
import type { Observations } from './observations';

export interface WriterParts {
  readonly log: EventLog;
  readonly time: Clock;
  readonly observed: Observations;
  /** Names that no other schedule has. */
  readonly name: string;
  readonly chance: SeededRandom;
  readonly writer: number;
  /** So long an append may take. Left out where time is everybody's: a busy machine is late without a fault of the adapter's. */
  readonly answerMs?: number;
}

const ASK_AGAIN_MS = 500;

export const streamName = (name: string, n: number): StreamName => `${CATEGORIES[n % CATEGORIES.length]}-${name}-${n}` as StreamName;

/** As the product's: made from the command alone, so that a retry has the same. */
export const idOf = (text: string): EventId => {
  const hex = createHash('sha1').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` as EventId;
};

export const eventOf = (text: string, n: number): EventToAppend => ({
  ...{ eventId: idOf(`${text}/${n}`), type: TYPES[n % TYPES.length] as string, version: 1 },
  ...{ meta: '{"network":"n1"}', data: `{"n":${n},"of":"${text}"}` },
});

/** One who gives commands, each until it is answered: an id for each, and the same ids and revision after no answer (R22). */
export class Writer {
  /** Last revision answered to this writer, as it remembers it. */
  private readonly remembered = new Map<StreamName, number>();
  private given = 0;

  constructor(private readonly as: WriterParts) {}

  async give(commands: readonly WriterCommand[]): Promise<void> {
    for (const command of commands) {
      if (command.thinkMs > 0) await this.as.time.pause(command.thinkMs);
      if (command.kind === 'burst')
        await Promise.all([0, 1, 2, 3].map((n) => this.command({ ...command, kind: 'new-stream' }, `burst-${n}`)));
      else await this.command(command, 'shared');
    }
  }

  private async command(command: WriterCommand, where: string): Promise<void> {
    const { name, writer } = this.as;
    this.given += 1;
    const own = `${name}-w${writer}-${this.given}`;
    const stream = command.kind === 'new-stream' ? (`exchange-${own}-${where}` as StreamName) : streamName(name, command.stream);
    const events = Array.from({ length: command.events }, (_, n) => eventOf(own, n));
    const expected = this.firstExpected(command, stream);
    let next: ExpectedRevision | undefined = expected;
    for (;;) {
      next ??= await this.look(stream, events);
      if (next === undefined) return;
      if (await this.answered(stream, next, events)) return;
      if (command.looksFirst || this.conflicted) next = command.kind === 'any' && !this.conflicted ? 'any' : undefined;
      if (!this.conflicted) await this.as.time.pause(ASK_AGAIN_MS);
    }
  }

  private conflicted = false;

  private firstExpected({ kind }: WriterCommand, stream: StreamName): ExpectedRevision | undefined {
    if (kind === 'any') return 'any';
    if (kind === 'new-stream') return 'none';
    return kind === 'remembered' ? (this.remembered.get(stream) ?? 'none') : undefined;
  }

  /** @returns where to append; nothing where it lies there already */
  private async look(stream: StreamName, events: readonly EventToAppend[]): Promise<ExpectedRevision | undefined> {
    const { observed, time, log, writer } = this.as;
    for (;;) {
      const before = observed.answered.length;
      try {
        const there = await collected(log.readStream(stream));
        checkStream(observed, { stream, there, before });
        const first = there.findIndex(({ eventId }) => eventId === events[0]?.eventId);
        if (first === -1) return there.at(-1)?.revision ?? 'none';
        const last = there[first + events.length - 1];
        const ids = events.map(({ eventId }) => eventId);
        const position = (last?.position ?? '') as Position;
        observed.answer({
          writer,
          stream,
          ids,
          expected: 'any',
          result: { outcome: 'appended', position, revision: last?.revision ?? -1 },
        });
        return undefined;
      } catch (error) {
        if (!(error instanceof LogUnavailable)) throw error;
        await time.pause(ASK_AGAIN_MS);
      }
    }
  }

  private async answered(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<boolean> {
    const { log, observed, time, writer, answerMs = Infinity } = this.as;
    const asked = time.now;
    this.conflicted = false;
    try {
      const result = await log.append(stream, expected, events);
      observed.answer({ writer, stream, expected, ids: events.map(({ eventId }) => eventId), result });
      if (result.outcome === 'appended') this.remembered.set(stream, result.revision);
      if (result.outcome === 'too-large') observed.find('lost', `an append was too large: ${stream}`);
      this.conflicted = result.outcome === 'conflict';
      return !this.conflicted;
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      return false;
    } finally {
      const took = time.now - asked;
      observed.longestAnswerMs = Math.max(observed.longestAnswerMs, took);
      if (took > answerMs) observed.find('lost', `an append was without an answer for ${took} ms: ${stream}`);
    }
  }
}

/** Whatever was acknowledged before a read began is in it, and its revisions count up. */
const checkStream = (
  observed: Observations,
  { stream, there, before }: { stream: StreamName; there: readonly StoredEvent[]; before: number },
): void => {
  const ids = new Set(there.map(({ eventId }) => eventId));
  for (const answer of observed.answered.slice(0, before)) {
    if (answer.stream !== stream || answer.result.outcome !== 'appended') continue;
    const missing = answer.ids.find((id) => !ids.has(id));
    if (missing !== undefined) observed.find('lost', `acknowledged, and not in a read after it: ${missing} of ${stream}`);
  }
  if (ids.size !== there.length) observed.find('doubled', `a read gave an event twice: ${stream}`);
  if (there.some(({ revision }, n) => revision !== n)) observed.find('reordered', `a read did not count up: ${stream}`);
};
