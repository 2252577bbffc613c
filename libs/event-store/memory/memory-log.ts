import { randomUUID } from 'node:crypto';
import type { EventId, StreamName } from '#kernel/id';
import { validateAppend } from '../validate-append';
import { Signal } from '#async/signal';
import { BEFORE_FIRST, actualRevision, holds } from '../expectation';
import { passes } from '../log-filter';
import {
  LogUnavailable,
  START,
  type AllRead,
  type AppendResult,
  type EventLog,
  type EventToAppend,
  type ExpectedRevision,
  type LogFilter,
  type Position,
  type StoredEvent,
  type StreamRead,
  type SubscriptionItem,
} from '../log.port';
import { fromPosition, toPosition } from '../position';

/** The log in one process's memory: for tests, and gone with it. Place n is the array's index n − 1. */
export class MemoryLog implements EventLog {
  private readonly id = randomUUID();
  private readonly all: StoredEvent[] = [];
  private readonly streams = new Map<StreamName, StoredEvent[]>();
  private readonly byId = new Map<string, StoredEvent>();
  private readonly appended = new Signal();
  private readonly closing = new AbortController();

  async logId(): Promise<string> {
    return this.id;
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> {
    this.refuseWhenClosed();
    const admitted = validateAppend(stream, expected, events);
    if ('outcome' in admitted) return admitted;
    const head = (this.streams.get(stream)?.length ?? 0) - 1;
    if (events.some(({ eventId }) => this.byId.has(eventId))) {
      return this.firstAnswer(stream, expected, events) ?? { outcome: 'conflict', actual: actualRevision(head) };
    }
    if (!holds(expected, head)) return { outcome: 'conflict', actual: actualRevision(head) };
    events.forEach((event, index) => this.store(event, stream, head + 1 + index));
    this.appended.raise();
    return { outcome: 'appended', position: toPosition(this.all.length), revision: head + events.length };
  }

  async *readStream(stream: StreamName, { direction = 'forwards', from, limit = Infinity }: StreamRead = {}): AsyncIterable<StoredEvent> {
    this.refuseWhenClosed();
    const step = direction === 'forwards' ? 1 : -1;
    const last = (this.streams.get(stream)?.length ?? 0) - 1;
    let revision = step === 1 ? (from ?? 0) : Math.min(from ?? last, last);
    for (let given = 0; given < limit; given += 1, revision += step) {
      const event = this.streams.get(stream)?.[revision];
      if (event === undefined) return;
      yield event;
    }
  }

  async *readAll({ after, filter, limit = Infinity }: AllRead): AsyncIterable<StoredEvent> {
    this.refuseWhenClosed();
    const end = this.all.length;
    let given = 0;
    for (let place = Number(fromPosition(after)); place < end && given < limit; place += 1) {
      const event = this.all[place];
      if (event === undefined || !passes(filter, event)) continue;
      given += 1;
      yield event;
    }
  }

  async *subscribe(from: {
    readonly after: Position;
    readonly filter?: LogFilter;
    readonly signal: AbortSignal;
  }): AsyncIterable<SubscriptionItem> {
    const signal = AbortSignal.any([from.signal, this.closing.signal]);
    let place = Number(fromPosition(from.after));
    let told: number | undefined;
    while (!signal.aborted) {
      const seen = this.appended.count;
      const end = Math.max(this.all.length, place);
      let sent = place;
      for (; place < end && !signal.aborted; place += 1) {
        const event = this.all[place];
        if (event === undefined || !passes(from.filter, event)) continue;
        sent = place + 1;
        yield { kind: 'event', event };
      }
      if (sent < end && !signal.aborted) yield { kind: 'checkpoint', position: toPosition(end) };
      if (told !== end && !signal.aborted) yield { kind: 'caught-up', position: toPosition(end) };
      told = end;
      await this.appended.wait(seen, signal);
    }
  }

  async head(): Promise<Position> {
    this.refuseWhenClosed();
    return this.all.at(-1)?.position ?? START;
  }

  async count(read: AllRead): Promise<number> {
    let count = 0;
    for await (const _ of this.readAll(read)) count += 1;
    return count;
  }

  async find(eventIds: readonly EventId[]): Promise<readonly StoredEvent[]> {
    const found = [...new Set(eventIds)].flatMap((id) => this.byId.get(id) ?? []);
    return found.sort((one, other) => (one.position < other.position ? -1 : 1));
  }

  async close(): Promise<void> {
    this.closing.abort();
  }

  private store({ eventId, type, version, meta, data }: EventToAppend, stream: StreamName, revision: number): void {
    const stored: StoredEvent = { position: toPosition(this.all.length + 1), stream, revision, eventId, type, version, meta, data };
    this.all.push(stored);
    this.byId.set(eventId, stored);
    const inStream = this.streams.get(stream);
    if (inStream === undefined) this.streams.set(stream, [stored]);
    else inStream.push(stored);
  }

  /** All the same ids, in order, where the first attempt would have put them (R22): the first answer again. */
  private firstAnswer(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): AppendResult | undefined {
    const stored = events.map(({ eventId }) => this.byId.get(eventId));
    const first = stored[0]?.revision ?? BEFORE_FIRST;
    if (!stored.every((event, index) => event?.stream === stream && event.revision === first + index)) return undefined;
    const last = stored.at(-1);
    if (last === undefined || !holds(expected, first - 1)) return undefined;
    return { outcome: 'appended', position: last.position, revision: last.revision };
  }

  private refuseWhenClosed(): void {
    if (this.closing.signal.aborted) throw new LogUnavailable('the log is closed', false);
  }
}
