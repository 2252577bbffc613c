import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { aStream, anEvent, collected, events } from '../../contract/subject';
import { START } from '../../log.port';
import { EventStoreDbLog } from '../eventstoredb-log';

const METAS = [
  '{}',
  '{"a":1}',
  '{"causationId":"d","correlationId":"c"}',
  '{"correlationId":"only one"}',
  '{"causationId":"quoted \\"$schemaVersion\\":1}","correlationId":"back\\\\slash"}',
  '{"correlationId":7}',
  '{"nested":{"$schemaVersion":7}}',
  '{"correlationId":"y","nested":{"$correlationId":"x"}}',
  '{"$schemaVersion":3}',
  '{"$meta":"mine"}',
  '{"text":"ends like ours,\\"$schemaVersion\\":1}"}',
  '{"price":"12 $"}',
  '{"2":"b","10":"a"}',
  '{"é":"\u{1F600}"}',
  '{ "spaced": 1 }',
  '[]',
  'null',
  'no JSON',
];
const DATAS = ['{"minutes":60}', '{"10":1,"9":2}', '{"b":1,"a":2}', '1.0', 'null', '', 'no JSON, but é'];

describe('an event of the log in EventStoreDB', () => {
  let double: EventStoreDbDouble;
  let log: EventStoreDbLog;
  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    log = await EventStoreDbLog.open(double.url);
  });
  afterEach(async () => {
    await log.close();
    await double.stop();
  });

  it('has the same texts, byte for byte, whether its stream is read or the whole log', async () => {
    const given = METAS.flatMap((meta) => DATAS.map((data) => anEvent({ meta, data })));
    const stream = aStream();
    await log.append(stream, 'none', given);
    const [read, walked] = [await collected(log.readStream(stream)), await collected(log.readAll({ after: START }))];
    expect(walked.map(({ meta, data }) => [meta, data])).toEqual(given.map(({ meta, data }) => [meta, data]));
    expect(walked).toEqual(read);
  });

  it('is none where another program wrote it, with metadata of its own or without', async () => {
    const stream = aStream();
    const others = [
      '',
      '{}',
      '{"$schemaVersion":"1"}',
      '{"a":{"$schemaVersion":1}}',
      '[{"$schemaVersion":1}]',
      'x,"$schemaVersion":1}',
      '{',
      '1',
    ];
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    const proposed = others.map((metadata) => ({
      ...{ id: anEvent().eventId, type: 'Theirs', contentType: 'application/json', data: bytes('{}'), metadata: bytes(metadata) },
    }));
    double.log.append(stream, 'no_stream', proposed);
    const [ours] = events(1);
    await log.append(stream, 'any', [ours!]);
    expect((await collected(log.readAll({ after: START }))).map(({ eventId }) => eventId)).toEqual([ours!.eventId]);
    expect((await collected(log.readStream(stream))).map(({ eventId }) => eventId)).toEqual([ours!.eventId]);
  });
});
