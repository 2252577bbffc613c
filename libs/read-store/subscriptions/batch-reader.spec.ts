import type { StoredEvent, SubscriptionItem } from '#event-store/log.port';
import { BatchReader, type Batch } from './batch-reader';
import type { SourceItem } from './pages';
import { testLog } from '../testing/hours-log';

const codec = { decode: (): never => undefined as never };

const batchesOf = async (items: readonly SourceItem[], events: number): Promise<readonly Batch[]> => {
  async function* source() {
    yield* items;
  }
  const feed = new BatchReader(codec, () => false, { events, bytes: 1_000_000 });
  const reading = feed.read(source());
  const batches: Batch[] = [];
  for (;;) {
    const next = await feed.next();
    if (next === 'end') break;
    if (next !== 'woken') batches.push(next);
  }
  await reading;
  return batches;
};

const storedEvents = async (count: number): Promise<readonly StoredEvent[]> => {
  const { log, write } = testLog();
  for (let n = 0; n < count; n += 1) await write('TrainingHoursRecorded', `exchange-${n}`);
  const all: StoredEvent[] = [];
  for await (const event of log.readAll({ after: '0'.repeat(20) as never })) all.push(event);
  return all;
};

it.each([1, 2, 3, 10])('hands out once what the log gives again, and its position never goes back (batches of %i)', async (size) => {
  const [first, second, third] = (await storedEvents(3)) as [StoredEvent, StoredEvent, StoredEvent];
  const given = [first, second, first, second, third, second].map((event) => ({ kind: 'event', event }) as const);
  const batches = await batchesOf(given, size);
  expect(batches.flatMap(({ entries }) => entries.map(({ stored }) => stored.position))).toEqual(
    [first, second, third].map(({ position }) => position),
  );
  const positions = batches.map(({ position }) => position);
  expect(positions).toEqual([...positions].sort());
  expect(positions.at(-1)).toBe(third.position);
});

it.each([1, 2, 3, 10])('takes a place given again for no step back, either (batches of %i)', async (size) => {
  const [first, second, third] = (await storedEvents(3)) as [StoredEvent, StoredEvent, StoredEvent];
  const event = (one: StoredEvent) => ({ kind: 'event', event: one }) as const;
  const caughtUp = ({ position }: StoredEvent) => ({ kind: 'caught-up', position }) as const;
  const batches = await batchesOf(
    [event(first), caughtUp(first), event(second), event(third), caughtUp(first), event(second), caughtUp(third)],
    size,
  );
  expect(batches.flatMap(({ entries }) => entries.map(({ stored }) => stored))).toEqual([first, second, third]);
  const positions = batches.map(({ position }) => position);
  expect(positions).toEqual([...positions].sort());
  expect(positions.at(-1)).toBe(third.position);
});

it.each([1, 2, 3, 10])(
  'takes a page as its events one by one, and hands out no more at once than the limit (batches of %i)',
  async (size) => {
    const events = await storedEvents(5);
    const batches = await batchesOf(
      [
        { kind: 'page', events: events.slice(0, 4) },
        { kind: 'page', events: events.slice(2) },
      ],
      size,
    );
    expect(batches.flatMap(({ entries }) => entries.map(({ stored }) => stored))).toEqual(events);
    expect(Math.max(...batches.map(({ entries }) => entries.length))).toBe(Math.min(size, 5));
    expect(batches.at(-1)?.position).toBe(events.at(-1)?.position);
  },
);

it('hands out nothing that a source gives after the end: it would stand for what was given up', async () => {
  const events = await storedEvents(4);
  const feed = new BatchReader(codec, () => false, { events: 100, bytes: 1_000_000 });
  async function* source(): AsyncIterable<SubscriptionItem> {
    for (const [index, event] of events.entries()) {
      if (index === 3) feed.stop();
      yield { kind: 'event', event };
    }
  }
  await feed.read(source());
  expect(await feed.next()).toBe('end');
});
