import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { SavoirsEvent } from '#domain/catalogue';
import type { SeededRandom } from '#apps/demo/seeded-random';
import { uuidV5 } from '#application/dispatch/derived-ids';
import type { Codec } from '#event-store/codec.port';
import type { EventLog, EventToAppend, Position } from '#event-store/log.port';
import type { EventId, Instant, StreamName } from '#kernel/id';
import { byActiveVersion } from '#read-store/by-active-version';
import type { AnyReadModel } from '#read-store/read-model';
import type { ReadStore } from '#read-store/read-store.port';
import { eventExamples, exampleMeta } from '#testing/event-examples';

const MEMBERS = 400;
const ORIGIN = '5d4e2f60-9a3c-4b7e-8f21-0c6d1e2a3b4c';

/** Hours of one of a few hundred members; its number makes its ids. */
export const hoursEvent = (codec: Codec, number: number): Promise<EventToAppend> => {
  const id = (what: string, of: number): string => uuidV5(ORIGIN, `${what} ${of}`);
  const recordedAt = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString() as Instant;
  const changes = { memberId: id('member', (number * 7919) % MEMBERS), exchangeId: id('exchange', number), minutes: (number * 13) % 241 };
  const event = { type: 'TrainingHoursRecorded', data: { ...eventExamples.TrainingHoursRecorded, ...changes } } as unknown as SavoirsEvent;
  const meta = exampleMeta(number, {
    stream: streamOf(number),
    eventId: id('event', number) as EventId,
    recordedAt,
    occurredAt: recordedAt,
  });
  return codec.encode({ event, meta });
};

export const streamOf = (number: number): StreamName => `exchange-${uuidV5(ORIGIN, `exchange ${number}`)}` as StreamName;

/** What one reader was answered. */
export interface ReadAnswer {
  readonly position: Position;
  readonly minutes: number;
  readonly times: number;
}

/** Everybody who reads and writes while builds come and go, and what they saw. */
export interface LoadSeen {
  readonly answers: ReadAnswer[];
  readonly failed: string[];
  /** Positions that went back, for one and the same client. */
  readonly stale: string[];
  appended: number;
  longestWriteMs: number;
}

export const nothingSeen = (): LoadSeen => ({ answers: [], failed: [], stale: [], appended: 0, longestWriteMs: 0 });

export type ReadSums = (store: ReadStore, model: AnyReadModel) => Promise<ReadAnswer>;

/** The sums over all rows, in one snapshot with the position; a row of another version than the one that was asked is a fault. */
export const readSums: ReadSums = async (store, model) => {
  const { readPosition, result } = await store.read([model], (tx, table) =>
    sql<{ minutes: number; times: number; made: number | null }>`select coalesce(sum(minutes), 0)::int as minutes,
      coalesce(sum(times), 0)::int as times, max(made) as made from ${sql.table(table(model))}`.execute(tx),
  );
  const { made, ...sums } = result.rows[0]!;
  if (made !== null && made !== model.projection.version)
    throw new Error(`rows of version ${made} in the table of ${model.projection.version}`);
  return { ...sums, position: readPosition.position };
};

export interface ReaderParts {
  readonly store: ReadStore;
  /** The versions whose code there is, newest first. */
  readonly versions: () => readonly AnyReadModel[];
  readonly read: ReadSums;
  readonly seen: LoadSeen;
  readonly chance: SeededRandom;
}

/** One client: asks again and again, and remembers how far it was. */
export const reader = async ({ store, versions, read, seen, chance }: ReaderParts, signal: AbortSignal): Promise<void> => {
  let last: Position | null = null;
  while (!signal.aborted) {
    try {
      const answer = await byActiveVersion(versions().map((model) => () => read(store, model)));
      if (last !== null && answer.position < last) seen.stale.push(`${answer.position} after ${last}`);
      last = answer.position;
      seen.answers.push(answer);
    } catch (fault) {
      seen.failed.push(fault instanceof Error ? fault.message : String(fault));
    }
    await pause(chance.whole(2, 25));
  }
};

export interface WriterParts {
  readonly log: Pick<EventLog, 'append'>;
  readonly codec: Codec;
  readonly next: () => number;
  readonly seen: LoadSeen;
  readonly chance: SeededRandom;
}

/** Some twenty events a second: written without a limit, the log and each rebuild with it would grow to many times their size. */
export const writer = async ({ log, codec, next, seen, chance }: WriterParts, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const number = next();
    const event = await hoursEvent(codec, number);
    const began = performance.now();
    const { outcome } = await log.append(streamOf(number), 'none', [event]);
    if (outcome !== 'appended') throw new Error(`an append answered ${outcome}`);
    seen.longestWriteMs = Math.max(seen.longestWriteMs, performance.now() - began);
    seen.appended += 1;
    await pause(chance.whole(10, 90));
  }
};
