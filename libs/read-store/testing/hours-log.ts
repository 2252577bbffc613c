import type { SavoirsEvent } from '#domain/catalogue';
import type { Codec, RecordedEvent } from '#event-store/codec.port';
import { createCodec } from '#event-store/codec/codec';
import type { EventToAppend } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import type { Instant, StreamName } from '#kernel/id';
import type { Clock } from '#kernel/clock';
import type { DataOf } from '#kernel/message';
import { memoryKeys } from '#keys/memory-keys';
import { eventExamples, exampleMeta } from '#testing/event-examples';
import type { ReadModel } from '../read-model';

type Hours = Extract<SavoirsEvent, { type: 'TrainingHoursRecorded' }>;
type Released = Extract<SavoirsEvent, { type: 'EngagementReleased' }>;

export interface HoursRow {
  readonly minutes: number;
  readonly sessions: readonly string[];
}

/** A read model for tests: a row per member; the release of a member's engagement deletes it. */
export const hoursModel: ReadModel<Hours | Released, HoursRow> = {
  projection: {
    name: 'hours-by-member',
    version: 1,
    handles: { TrainingHoursRecorded: true, EngagementReleased: true },
    keys: ({ data }) => [data.memberId],
    evolve: (row, event) =>
      event.type === 'EngagementReleased'
        ? { row: null }
        : {
            row: {
              minutes: (row?.minutes ?? 0) + event.data.minutes,
              sessions: [...(row?.sessions ?? []), event.data.sessionId].slice(-3),
            },
            evidence: [event.meta.eventId],
          },
  },
  columns: {
    minutes: { type: 'integer', of: ({ minutes }) => minutes },
    busy: { type: 'boolean', of: ({ minutes }) => minutes > 600 },
    sessions: { type: 'text[]', of: ({ sessions }) => sessions },
    nothing: { type: 'text', of: () => null },
  },
  indexes: ['(minutes, key)', 'using gin (sessions)'],
};

/** Another, on the same events and some keys of two rows each. */
export const daysModel: ReadModel<Hours, { readonly times: number }> = {
  projection: {
    name: 'days',
    version: 2,
    handles: { TrainingHoursRecorded: true },
    keys: ({ data }) => [data.date, `${data.role} "é\\`],
    evolve: (row, { meta }, key) => ({ row: { times: (row?.times ?? 0) + 1 }, ...(key.length > 6 ? { evidence: [meta.eventId] } : {}) }),
  },
  columns: { times: { type: 'bigint', of: ({ times }) => times } },
  indexes: [],
};

export const testClock = (start = '2026-03-01T09:00:00.000Z'): Clock & { set(now: string): void } => {
  let now = start as Instant;
  return { now: () => now, set: (to) => (now = to as Instant) };
};

export interface TestLog {
  readonly log: MemoryLog;
  readonly codec: Codec;
  readonly keys: ReturnType<typeof memoryKeys>;
  /** Appends one event; its number makes its id. */
  write<Type extends SavoirsEvent['type']>(
    type: Type,
    stream: string,
    changes?: Partial<DataOf<SavoirsEvent, Type>>,
  ): Promise<EventToAppend>;
  /** Hours of member number `n % members`, with a release now and then. */
  writeHours(count: number, members: number): Promise<void>;
  events(): Promise<readonly RecordedEvent[]>;
}

export const testLog = (log: MemoryLog = new MemoryLog()): TestLog => {
  const keys = memoryKeys();
  const codec = createCodec(keys);
  let number = 0;
  const write: TestLog['write'] = async (type, stream, changes = {}) => {
    const recordedAt = new Date(Date.UTC(2026, 0, 1) + ++number * 1000).toISOString() as Instant;
    const event = { type, data: { ...eventExamples[type], ...changes } } as SavoirsEvent;
    const encoded = await codec.encode({ event, meta: exampleMeta(number, { stream: stream as StreamName, recordedAt }) });
    await log.append(stream as StreamName, 'any', [encoded]);
    return encoded;
  };
  return {
    log,
    codec,
    keys,
    write,
    writeHours: async (count, members) => {
      for (let n = 0; n < count; n++) {
        const memberId = `member-${(n * 7919) % members}` as DataOf<SavoirsEvent, 'TrainingHoursRecorded'>['memberId'];
        if (n % 97 === 96) await write('EngagementReleased', `member-${n}`, { memberId });
        const sessionId = `session-${n}` as DataOf<SavoirsEvent, 'TrainingHoursRecorded'>['sessionId'];
        const date = `2026-01-${String((n % 28) + 1).padStart(2, '0')}` as DataOf<SavoirsEvent, 'TrainingHoursRecorded'>['date'];
        await write('TrainingHoursRecorded', `exchange-${n}`, { memberId, sessionId, date, minutes: (n * 13) % 241 });
      }
    },
    events: async () => {
      const all: RecordedEvent[] = [];
      for await (const stored of log.readAll({ after: '0'.repeat(20) as never })) all.push(codec.decode(stored));
      return all;
    },
  };
};

export const linesOf = async (lines: AsyncIterable<string>): Promise<readonly string[]> => {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
};
