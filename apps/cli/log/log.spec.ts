import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { StreamName } from '#kernel/id';
import { anEvent, collected } from '#event-store/contract/subject';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { START } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { runSource } from '#testing/processes/other-process';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { withLogs } from './logs';

describe('savoirs log', () => {
  let [home, other]: TestDatabase[] = [];
  let double: EventStoreDbDouble;
  let log: PostgresLog;
  beforeAll(async () => {
    [home, other, double] = await Promise.all([testDatabase(), testDatabase(), EventStoreDbDouble.start()]);
    log = await PostgresLog.open(home.url);
    for (let n = 0; n < 30; n += 1) await log.append(`exchange-${n % 4}` as StreamName, 'any', [anEvent({ data: `{"n":"é${n}"}` })]);
  });
  afterAll(async () => {
    await log.close();
    await Promise.all([home!.drop(), other!.drop(), double.stop()]);
  });

  interface Ended {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }
  const savoirs = (args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const { PATH = '' } = process.env;
      const child = spawn(process.execPath, runSource(join(__dirname, '../main.ts'), 'log', ...args), {
        env: { PATH, DATABASE_URL: home!.url },
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk) => (stdout += String(chunk)));
      child.stderr.on('data', (chunk) => (stderr += String(chunk)));
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
  const proofsIn = ({ stdout }: Ended) => JSON.parse(stdout) as { log: string; kind: string; id: string; events: number; hash: string }[];

  it('adopts nothing where there is no other log, no read tables, or no copy', async () => {
    expect(await savoirs(['adopt'])).toMatchObject({ code: 64, stderr: expect.stringContaining('Give the log that is left with --from') });
    const adopted = await savoirs(['adopt', '--from', other!.url]);
    expect([adopted.code, adopted.stderr]).toEqual([78, expect.stringContaining('there are no read tables here yet')]);
  });

  it('copies the installation’s own log, proves it, and brings it back with what was written meanwhile (case 50)', async () => {
    const there = await savoirs(['copy', '--to', double.url.replace('esdb', 'kurrentdb'), '--output', 'json']);
    const [source, target] = proofsIn(there);
    expect([there.code, source, target]).toMatchObject([0, { log: 'source', kind: 'PostgreSQL' }, { log: 'target', kind: 'EventStoreDB' }]);
    expect(target).toMatchObject({ events: 30, hash: source!.hash });
    expect(target!.id).not.toBe(source!.id);
    expect(there.stderr).toContain('0 events were there and were compared, 30 were copied.\n');

    const grown = await EventStoreDbLog.open(double.url);
    await grown.append('exchange-9' as StreamName, 'none', [anEvent()]);
    await grown.close();
    const differ = await savoirs(['verify', '--to', double.url]);
    expect([differ.code, differ.stderr]).toEqual([1, 'Not equal: the first difference is at event 31.\n']);

    const back = await savoirs(['copy', '--from', double.url, '--output', 'json']);
    expect([back.code, proofsIn(back)[1]]).toMatchObject([0, { id: source!.id, events: 31 }]);
    expect(await collected(log.readAll({ after: START }))).toHaveLength(31);
    const proven = await savoirs(['verify', '--from', double.url]);
    expect([proven.code, proven.stderr]).toEqual([0, 'Equal: 31 events, the same in the same order.\n']);
  });

  it('refuses a log that holds something else with code 65, and leaves it as it was', async () => {
    const used = await PostgresLog.open(other!.url);
    await used.append('exchange-1' as StreamName, 'none', [anEvent()]);
    const { code, stdout, stderr } = await savoirs(['copy', '--to', other!.url]);
    expect([code, stdout, stderr]).toEqual([
      65,
      '',
      'The target is not empty and is no copy of the source: its event 1 is another one. Name an empty log.\n',
    ]);
    expect(await collected(used.readAll({ after: START }))).toHaveLength(1);
    await used.close();
  });

  it.each([
    ['without the other log', {}, 64, 'Give the other log: --to, or --from, or both.'],
    [
      'with an address that is none',
      { to: 'mysql://me:hunter2@host' },
      64,
      '--to must be the address of a log: postgresql://…, esdb://… or kurrentdb://….',
    ],
    [
      'with one of KurrentDB that lacks something',
      { to: 'kurrentdb://me:hunter2@host:1?tsl=1' },
      64,
      '--to is not an address of EventStoreDB',
    ],
    ['with one that lacks something', { from: 'esdb://me:hunter2@host:1?tsl=1' }, 64, '--from is not an address of EventStoreDB'],
  ])('ends %s before anything is opened, and quotes no address', async (_how, ends, exitCode, sentence) => {
    const fault = await withLogs(ends, () => Promise.reject(new Error('opened'))).catch((thrown: unknown) => thrown);
    expect(fault).toMatchObject({ exitCode, message: expect.stringContaining(sentence) });
    expect((fault as Error).message).not.toContain('hunter2');
  });

  it('tells a log that does not answer in one sentence, with code 75', async () => {
    const { code, stdout, stderr } = await savoirs(['copy', '--to', 'esdb://me:hunter2@127.0.0.1:1?tls=false']);
    expect([code, stdout, stderr]).toEqual([75, '', expect.stringMatching(/^--to names a log that does not answer[^\n]*\n$/)]);
    expect(stderr).not.toContain('hunter2');
  });

  it('can be stopped: it says where it is, and ends with code 130', async () => {
    const fresh = await EventStoreDbDouble.start();
    const { PATH = '' } = process.env;
    let appends = 0;
    const child = spawn(process.execPath, runSource(join(__dirname, '../main.ts'), 'log', 'copy', '--to', fresh.url), {
      env: { PATH, DATABASE_URL: home!.url },
    });
    fresh.node.faults.beforeAppend = async () =>
      void ((appends += 1) === 7 && child.kill('SIGINT') && (await new Promise((go) => child.stderr.once('data', go))));
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const code = await new Promise((resolve) => void child.once('close', resolve));
    await fresh.stop();
    expect([code, stderr]).toEqual([130, expect.stringContaining('the same command goes on from here.')]);
  });
});
