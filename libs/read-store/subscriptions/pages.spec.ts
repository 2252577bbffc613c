import { START, type EventLog, type Position, type StoredEvent } from '#event-store/log.port';
import { testLog } from '../testing/hours-log';
import { pagesOf, pagesThenLive, type SourceItem } from './pages';

const storedEvents = async (count: number): Promise<readonly StoredEvent[]> => {
  const { log, write } = testLog();
  for (let n = 0; n < count; n += 1) await write('TrainingHoursRecorded', `exchange-${n}`);
  const all: StoredEvent[] = [];
  for await (const event of log.readAll({ after: START })) all.push(event);
  return all;
};

/** A log of these pages, and of these events, which come live. */
const paged = (pages: readonly (readonly StoredEvent[])[], live: readonly StoredEvent[]) => {
  const asked: Position[] = [];
  const log = {
    readPages: async function* () {
      yield* pages;
    },
    readAll: async function* () {
      yield* pages.flat();
    },
    subscribe: async function* ({ after }: { readonly after: Position }) {
      asked.push(after);
      for (const event of live) yield { kind: 'event', event } as const;
    },
  };
  return { log: log as unknown as EventLog, asked };
};

const taken = async (log: EventLog, { signal = new AbortController().signal, stop = (_: SourceItem): void => undefined } = {}) => {
  const items: SourceItem[] = [];
  for await (const item of pagesThenLive(log, { after: START, signal })) {
    items.push(item);
    stop(item);
  }
  return items;
};

it('gives pages first, then what comes after the last of them', async () => {
  const [a, b, c, d] = (await storedEvents(4)) as [StoredEvent, StoredEvent, StoredEvent, StoredEvent];
  const { log, asked } = paged([[a, b], [c]], [d]);
  expect(await taken(log)).toEqual([
    { kind: 'page', events: [a, b] },
    { kind: 'page', events: [c] },
    { kind: 'event', event: d },
  ]);
  expect(asked).toEqual([c.position]);
});

it('follows a log without pages from the beginning', async () => {
  const [event] = (await storedEvents(1)) as [StoredEvent];
  const { log, asked } = paged([], [event]);
  expect(await taken({ ...log, readPages: undefined } as unknown as EventLog)).toEqual([{ kind: 'event', event }]);
  expect(asked).toEqual([START]);
});

it('ends between two pages when it is aborted, and asks for nothing more', async () => {
  const [a, b] = (await storedEvents(2)) as [StoredEvent, StoredEvent];
  const { log, asked } = paged([[a], [b]], []);
  const ending = new AbortController();
  expect(await taken(log, { signal: ending.signal, stop: () => ending.abort() })).toEqual([{ kind: 'page', events: [a] }]);
  expect(asked).toEqual([]);
});

it('reads a log without pages event by event', async () => {
  const events = await storedEvents(2);
  const { log } = paged([events], []);
  const pages: (readonly StoredEvent[])[] = [];
  for await (const page of pagesOf({ ...log, readPages: undefined } as unknown as EventLog, { after: START })) pages.push(page);
  expect(pages).toEqual(events.map((event) => [event]));
});
