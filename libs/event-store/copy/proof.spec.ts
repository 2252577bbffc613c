import type { EventId, StreamName } from '#kernel/id';
import { START, type EventLog, type StoredEvent } from '../log.port';
import { MemoryLog } from '../memory/memory-log';
import { aLogOf, spoiled } from './copying.fixture';
import { proveBoth, provesEqual, type Proofs } from './proof';

const { signal } = new AbortController();
const proving = (source: EventLog, target: EventLog): Promise<Proofs> => proveBoth({ source, target, signal });

/** The same log, whose readers see something else. */
const seenAs = (log: EventLog, change: (events: StoredEvent[]) => readonly StoredEvent[]): EventLog =>
  spoiled(log, {
    readAll: async function* () {
      const events: StoredEvent[] = [];
      for await (const event of log.readAll({ after: START })) events.push({ ...event });
      yield* change(events);
    },
  });

const at = (events: readonly StoredEvent[], index: number): StoredEvent => events[index] as StoredEvent;

describe('the proof of a log', () => {
  it('is the same number on any machine and in any version', async () => {
    const log = new MemoryLog();
    await log.append('exchange-1' as StreamName, 'none', [
      { eventId: '00000000-0000-4000-8000-000000000001' as EventId, type: 'Held', version: 1, meta: '{"a":1}', data: '"é"' },
      { eventId: '00000000-0000-4000-8000-000000000002' as EventId, type: 'Held', version: 2, meta: '', data: '{}' },
    ]);
    const { source } = await proving(log, log);
    expect(source).toEqual({ events: 2, hash: 'd268f13bbf8403d1ed6bbecf4be0e142646a8475a42a14476bd8e04f651231e4' });
  });

  it.each<[string, (events: StoredEvent[]) => readonly StoredEvent[], number]>([
    ['one byte of data is another', (all) => all.with(7, { ...at(all, 7), data: at(all, 7).data.replace('é', 'è') }), 8],
    ['one byte of meta is another', (all) => all.with(7, { ...at(all, 7), meta: at(all, 7).meta.replace('7', '8') }), 8],
    ['an id is another', (all) => all.with(7, { ...at(all, 7), eventId: at(all, 6).eventId }), 8],
    ['a type is another', (all) => all.with(7, { ...at(all, 7), type: 'Type9' }), 8],
    ['a version is another', (all) => all.with(7, { ...at(all, 7), version: 9 }), 8],
    ['a revision is another', (all) => all.with(7, { ...at(all, 7), revision: 99 }), 8],
    ['an event stands in another stream', (all) => all.with(7, { ...at(all, 7), stream: 'exchange-9' as StreamName }), 8],
    ['two events are swapped', (all) => all.with(3, at(all, 4)).with(4, at(all, 3)), 4],
    ['the last is missing', (all) => all.slice(0, -1), 20],
    ['the first is missing', (all) => all.slice(1), 1],
    ['one is doubled', (all) => all.toSpliced(5, 0, at(all, 5)), 7],
    ['all are missing', () => [], 1],
    [
      'a character moved to the next field',
      (all) => all.with(7, { ...at(all, 7), meta: at(all, 7).meta.slice(0, -1), data: `}${at(all, 7).data}` }),
      8,
    ],
  ])('is another where %s, and tells where', async (_what, change, place) => {
    const log = await aLogOf(20);
    const proofs = await proving(log, seenAs(log, change));
    expect(proofs.source.hash).not.toBe(proofs.target.hash);
    expect([provesEqual(proofs), proofs.firstDifference]).toEqual([false, place]);
  });

  it('leaves positions out: they are each log’s own', async () => {
    const log = await aLogOf(5);
    const moved = seenAs(log, (all) => all.map((event, index) => ({ ...event, position: at(all, (index + 1) % 5).position })));
    expect(provesEqual(await proving(log, moved))).toBe(true);
  });
});
