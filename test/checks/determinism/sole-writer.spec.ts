import { anEvent, aStream } from '#event-store/contract/subject';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { runChecks } from '../runner/command';
import { determinismCheck } from './determinism.check';

jest.setTimeout(120_000);

describe('check determinism on a server on which somebody else writes, too', () => {
  let double: EventStoreDbDouble;
  const before = process.env['TEST_EVENTSTORE_URL'];
  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    process.env['TEST_EVENTSTORE_URL'] = double.url;
  });
  afterEach(async () => {
    if (before === undefined) delete process.env['TEST_EVENTSTORE_URL'];
    else process.env['TEST_EVENTSTORE_URL'] = before;
    await double.stop();
  });

  it('ends with one sentence and exit code 78, for nothing that it finds says anything (case 49)', async () => {
    let foreign: Promise<unknown> | undefined;
    const stop = double.log.onAppend(() => {
      if (double.log.records.length < 60 || foreign !== undefined) return;
      foreign = EventStoreDbLog.open(double.url).then((log) => log.append(aStream(), 'none', [anEvent()]).finally(() => log.close()));
    });
    const [said, printed]: [string[], string[]] = [[], []];
    const out = { say: (text: string) => void said.push(text), print: (text: string) => void printed.push(text) };
    const args = 'determinism --log eventstoredb --members 6 --months 1'.split(' ');
    const code = await runChecks(args, { checks: [determinismCheck], out });
    stop();
    await foreign;
    expect([code, printed]).toEqual([78, []]);
    expect(said.at(-1)).toBe('Another program writes to the server that TEST_EVENTSTORE_URL names: stop it, or name a server of its own.');
    expect(said.filter((line) => line.includes('\n'))).toEqual([]);
  });
});
