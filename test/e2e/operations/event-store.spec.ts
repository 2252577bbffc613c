import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInstallation } from '#apps/installation/installation';
import { readSettings } from '#apps/installation/settings';
import { CompressingHop } from '#test/eventstoredb-double/compressing-hop';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { runSource } from '#testing/processes/other-process';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { startApi } from '../harness/api-under-test';

const root = join(__dirname, '../../..');
const SECRET = 'hunter2';
/** Not so short that a busy machine looks mute. */
const WATCHDOG_MS = 250;

describe('EVENTSTORE_URL, when a program starts', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'savoirs-e2e-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const environment = (more: Record<string, string>): Record<string, string> => ({
    DATABASE_URL: database.url,
    SAVOIRS_DATA: folder,
    SAVOIRS_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    PORT: '0',
    ...more,
  });
  /** Runs to its end, which comes by itself here. */
  const ended = (program: string, more: Record<string, string>, ...args: string[]): Promise<{ code: number | null; said: string }> =>
    new Promise((resolve) => {
      const { PATH = '' } = process.env;
      const child = spawn(process.execPath, runSource(join(root, program), ...args), { env: { PATH, ...environment(more) } });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
      child.once('close', (code) => resolve({ code, said }));
    });
  const oneSentence = /^[^\n]*\.\n$/;

  it.each(['apps/api/main.ts', 'apps/projector/main.ts'])(
    'ends %s with code 78 and one sentence where it is no address',
    async (program) => {
      const { code, said } = await ended(program, { EVENTSTORE_URL: `esdb://admin:${SECRET}@node:2113?tsl=true` });
      expect([code, said]).toEqual([78, expect.stringMatching(oneSentence)]);
      expect(said).toContain('EVENTSTORE_URL');
      expect(said).not.toContain(SECRET);
    },
  );

  it('ends it with code 75 and one sentence where nobody answers there', async () => {
    const { code, said } = await ended('apps/api/main.ts', { EVENTSTORE_URL: `esdb://admin:${SECRET}@127.0.0.1:1?tls=false` });
    expect([code, said]).toEqual([75, expect.stringMatching(oneSentence)]);
    expect(said).toContain('EVENTSTORE_URL');
    expect(said).not.toMatch(/hunter2|127\.0\.0\.1/);
  });

  it('ends it with code 78 and one sentence where the user may not read the whole log', async () => {
    const double = await EventStoreDbDouble.start();
    double.node.faults.deniesAll = true;
    const { code, said } = await ended('apps/projector/main.ts', { EVENTSTORE_URL: double.url });
    expect([code, said]).toEqual([78, expect.stringMatching(oneSentence)]);
    expect(said).toContain('EVENTSTORE_URL');
    await double.stop();
  });

  it('is refused over read models of another log, whichever of the two is new; an empty one in a sentence of its own (case 53)', async () => {
    const double = await EventStoreDbDouble.start();
    const inPostgres = readSettings(environment({}));
    const inEventStore = readSettings(environment({ EVENTSTORE_URL: double.url }));
    const used = async (settings: typeof inPostgres): Promise<void> => {
      const installation = await openInstallation(settings, { warn: () => undefined });
      await installation.prepareReadModels().finally(() => installation.close());
    };
    await used(inPostgres);
    await used(inPostgres);
    const refused = { exitCode: 78, message: expect.stringMatching(/was built from another log, and this one is empty: /) };
    await expect(used(inEventStore)).rejects.toMatchObject(refused);
    await database.pool.query('drop schema read cascade');
    await used(inEventStore);
    await used(inEventStore);
    await expect(used(inPostgres)).rejects.toMatchObject(refused);
    await double.stop();
  });

  it('is asked for compressed answers where SAVOIRS_LOG_GZIP is 1, and else for none (case 51)', async () => {
    const double = await EventStoreDbDouble.start();
    const hop = await CompressingHop.before(double.url);
    const opened = async (more: Record<string, string>): Promise<boolean> => {
      const before = hop.compressed;
      const installation = await openInstallation(readSettings(environment({ EVENTSTORE_URL: hop.url, ...more })), {
        warn: () => undefined,
      });
      await installation.close();
      return hop.compressed > before;
    };
    expect(await opened({})).toBe(false);
    expect(await opened({ SAVOIRS_LOG_GZIP: '1' })).toBe(true);
    expect(() => readSettings(environment({ SAVOIRS_LOG_GZIP: 'yes' }))).toThrow('SAVOIRS_LOG_GZIP must be 1 or 0.');
    await hop.stop();
    await double.stop();
  });

  it('takes no entries of a fair into another log than the one that is read, an empty one (case 53)', async () => {
    const double = await EventStoreDbDouble.start();
    await database.pool.query('drop schema if exists read cascade');
    const installation = await openInstallation(readSettings(environment({})), { warn: () => undefined });
    await installation.prepareReadModels().finally(() => installation.close());
    const fair = join(folder, 'fair.csv');
    writeFileSync(fair, 'name\nAna\n');
    const network = '8d2f6a4e-0f51-4a0e-9a5e-3f1c2b7d9e10';
    const verb = ['data', 'import', fair, '--network', network];
    const { code, said } = await ended('apps/cli/main.ts', { EVENTSTORE_URL: double.url }, ...verb).finally(() => double.stop());
    expect([code, said]).toEqual([78, expect.stringMatching(/^\S+ was built from another log, and this one is empty: [^\n]*\n$/)]);
  });
});

describe('an API whose log lies in EventStoreDB', () => {
  let double: EventStoreDbDouble;
  let world: Awaited<ReturnType<typeof startApi>>;
  const warned: string[] = [];
  beforeAll(async () => {
    double = await EventStoreDbDouble.start();
    const opening = { watchdogMs: WATCHDOG_MS, warn: (sentence: string) => void warned.push(sentence) };
    world = await startApi({ EVENTSTORE_URL: double.url }, {}, opening);
  });
  afterAll(async () => {
    await world?.close();
    await double?.stop();
  });

  const readiness = async () => {
    const response = await fetch(`${world.url}/health/ready`);
    // the answer is JSON of the API under test
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers have every shape
    return { status: response.status, ...((await response.json()) as any) };
  };
  const untilReadiness = async (log: string) => {
    for (;;) {
      const answer = await readiness();
      if (answer.log === log) return answer;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${world.url}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))!
        .split(' ')[1],
    );
  };

  it('is ready while its subscriptions live, and says how each is', async () => {
    let answer = await untilReadiness('available');
    const live = { state: 'live', downSeconds: 0 };
    while (answer.subscriptions.filter(({ state }: { state: string }) => state === 'live').length < 2) answer = await readiness();
    expect(answer).toMatchObject({ status: 200, ready: true, subscriptions: [live, live] });
    expect(await metric('savoirs_log_subscriptions{state="live"}')).toBe(2);
    expect(await metric('savoirs_log_subscriptions{state="dropped"}')).toBe(0);
    expect(await metric('savoirs_log_subscription_down_seconds')).toBe(0);
  });

  it('is not ready once a subscription is away for three watchdog periods, though the log answers; and ready again when it is back', async () => {
    double.node.faults.muteSubscriptions = Infinity;
    double.node.subscriptions.muteAll();
    const lou = await world.person('lou', ['network-lead']);
    const { position } = (await lou.post('', { label: 'Lyon' })).body;
    const answer = await untilReadiness('not-followed');
    expect(answer).toMatchObject({ status: 503, ready: false });
    expect(answer.subscriptions).toContainEqual(expect.objectContaining({ reason: 'mute', downSeconds: expect.any(Number) }));
    expect(await metric('savoirs_log_subscription_down_seconds')).toBeGreaterThan((3 * WATCHDOG_MS) / 1000);
    expect(await metric('savoirs_log_subscription_drops_total')).toBeGreaterThan(0);
    expect(warned).toContain('A subscription to the log dropped (mute): it is being taken up again.');
    double.node.faults.muteSubscriptions = 0;
    expect(await untilReadiness('available')).toMatchObject({ status: 200, ready: true });
    expect((await lou.get(`risk?after=${position}`)).status).toBe(200);
  });

  it('is not ready while the log does not answer, and ready again when it does', async () => {
    await double.stop();
    expect(await untilReadiness('unavailable')).toMatchObject({ status: 503, ready: false });
    await double.node.start();
    expect(await untilReadiness('available')).toMatchObject({ status: 200, ready: true });
  });
});
