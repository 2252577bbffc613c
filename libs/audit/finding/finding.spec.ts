import { aStream, anEvent, collected, events, idsOf } from '#event-store/contract/subject';
import { finding } from '#event-store/contract/finding';
import { copyLog } from '#event-store/copy/log-copy';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { START, type AllRead, type EventLog } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { growTree } from '../following/grow-tree';
import { MemoryTreeStore } from '../memory/memory-tree-store';
import { findable } from './find-in-tree';

const { signal } = new AbortController();

describe('a log in EventStoreDB, which finds by its tree', () => {
  let double: EventStoreDbDouble;
  let bare: EventStoreDbLog;
  let store: MemoryTreeStore;
  let log: EventLog;
  let reads: AllRead[];
  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    bare = await EventStoreDbLog.open(double.url);
    [store, reads] = [new MemoryTreeStore(), []];
    log = findable(bare, store);
    const readAll = bare.readAll.bind(bare);
    bare.readAll = (read) => (reads.push(read), readAll(read));
  });
  afterEach(async () => {
    await bare.close();
    await double.stop();
  });
  const grown = () => growTree({ log, store, signal });
  const found = async (...ids: Parameters<NonNullable<EventLog['find']>>[0]) => idsOf(await log.find!(ids));

  finding(() => ({ log }));

  it('reads the tile of each event, and nothing else', async () => {
    const all = events(700);
    for (let at = 0; at < all.length; at += 100) await log.append(aStream(), 'none', all.slice(at, at + 100));
    await grown();
    reads = [];
    const sought = [all[650]!, all[3]!, all[4]!].map(({ eventId }) => eventId);
    expect(await found(...sought)).toEqual([sought[1], sought[2], sought[0]]);
    expect(reads).toEqual([
      { after: START, limit: 256 },
      { after: expect.any(String), limit: 256 },
    ]);
  });

  it('finds what came after the tree, and that there is none', async () => {
    const [before, after] = [anEvent(), anEvent()];
    await log.append(aStream(), 'none', [before, ...events(9)]);
    await grown();
    await log.append(aStream(), 'none', [after]);
    expect(await found(after.eventId)).toEqual([after.eventId]);
    expect(await found(after.eventId, before.eventId)).toEqual([before.eventId, after.eventId]);
    expect(await found(anEvent().eventId)).toEqual([]);
  });

  it('finds in a copy of the log for which the tree was made, before and after it goes on with it', async () => {
    const former = new MemoryLog();
    const all = events(300);
    for (const event of all) await former.append(aStream(), 'none', [event]);
    await growTree({ log: former, store, signal });
    await copyLog({ source: former, target: bare, pace: 'one-by-one', signal });
    expect(await found(all[299]!.eventId, all[0]!.eventId)).toEqual([all[0]!.eventId, all[299]!.eventId]);
    await grown();
    reads = [];
    expect(await found(all[299]!.eventId)).toEqual([all[299]!.eventId]);
    expect(reads).toEqual([{ after: expect.any(String), limit: 256 }]);
    expect(await collected(log.readAll({ after: reads[0]!.after }))).toHaveLength(44);
  });
});
