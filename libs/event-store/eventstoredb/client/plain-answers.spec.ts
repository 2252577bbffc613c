import { EventStoreDBClient } from '@eventstore/db-client';
import { CompressingHop } from '#test/eventstoredb-double/compressing-hop';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { aStream, collected, events, following, idsOf, until, eventsIn } from '../../contract/subject';
import { START } from '../../log.port';
import { EventStoreDbLog, type EventStoreDbLogOptions } from '../eventstoredb-log';
import { plainAnswers } from './plain-answers';

describe('a server that answers in gzip wherever the client accepts it', () => {
  let double: EventStoreDbDouble;
  let hop: CompressingHop;
  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    hop = await CompressingHop.before(double.url);
  });
  afterEach(async () => {
    await hop.stop();
    await double.stop();
  });

  /** Appends, reads, walks, follows: every kind of call. @returns whether all saw the same */
  const atWork = async (options: EventStoreDbLogOptions): Promise<boolean> => {
    const log = await EventStoreDbLog.open(hop.url, options);
    const [stream, given] = [aStream(), events(40)];
    await log.append(stream, 'none', given);
    const feed = following(log, { after: START });
    const seen = [
      await collected(log.readStream(stream)),
      await collected(log.readAll({ after: START })),
      eventsIn(await until(feed, ({ kind }) => kind === 'caught-up')),
    ];
    await feed.stop();
    await log.close();
    return seen.every((one) => JSON.stringify(idsOf(one)) === JSON.stringify(idsOf(given)));
  };

  it('is not asked for it: answers come as they are, to every kind of call (case 51)', async () => {
    expect(await atWork({})).toBe(true);
    expect([hop.compressed, hop.plainCalls > 3]).toEqual([0, true]);
  });

  it('is asked for it by who pays for bytes, and all is read as before (case 51)', async () => {
    expect(await atWork({ gzip: true })).toBe(true);
    expect([hop.compressed > 120, hop.plainCalls]).toEqual([true, 0]);
  });

  it('compresses for the client as it comes, which always says that it accepts that (case 51)', async () => {
    double.log.append('s', 'any', [
      { id: crypto.randomUUID(), type: 'T', contentType: 'application/json', data: Buffer.from('{}'), metadata: new Uint8Array() },
    ]);
    const client = EventStoreDBClient.connectionString(hop.url);
    for await (const { event } of client.readStream('s')) expect(event?.type).toBe('T');
    expect(hop.compressed).toBe(1);
    await client.dispose();
    // its channel stays open
    await (client as unknown as { getChannel: () => Promise<{ close: () => void }> }).getChannel().then((channel) => channel.close());
  });

  it('cannot be asked where this version of the client keeps its filters elsewhere: then nothing is opened (case 51)', () => {
    expect(() => plainAnswers({})).toThrow('keeps its filters elsewhere');
  });
});
