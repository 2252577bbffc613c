import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentIdentities } from '#apps/installation/development-identities';
import { readSettings } from '#apps/installation/settings';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { isServerRunning, killAll, startChild, type Child } from '../harness/child';

const MAIN = 'apps/api/main.js';
const LISTENS = /^Savoirs listens on (http\S+)$/m;

describe('the programs, as an operator starts and stops them', () => {
  let folder: string;
  let database: TestDatabase;
  let busy: Server | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-processes-'));
    database = await testDatabase();
  });
  afterAll(async () => {
    busy?.close();
    await killAll();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  // one database has one master key, whoever starts first
  const masterKey = randomBytes(32).toString('base64');
  const onServer = () => ({ DATABASE_URL: database.url, SAVOIRS_MASTER_KEY: masterKey });
  const production = () => ({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    SAVOIRS_DATA: join(folder, 'production'),
    ...onServer(),
  });

  it('says in one sentence what is wrong with a setting, and ends with its code', async () => {
    busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const port = String((busy.address() as AddressInfo).port);
    const wrong: readonly (readonly [program: string, env: Record<string, string>, code: number, sentence: RegExp])[] = [
      [MAIN, { PORT: 'eighty' }, 78, /^PORT must be a whole number/],
      [MAIN, { SAVOIRS_PROJECTOR: 'yes' }, 78, /^SAVOIRS_PROJECTOR must be 1 or 0/],
      [MAIN, { DATABASE_URL: 'mysql://there/savoirs' }, 78, /DATABASE_URL/],
      ['apps/projector/main.js', { DATABASE_URL: 'postgresql://nobody:wrong@127.0.0.1:1/none' }, 75, /./],
      ['apps/projector/main.js', { ...onServer(), SAVOIRS_PROJECTOR_PORT: port }, 75, /set SAVOIRS_PROJECTOR_PORT to another/],
      ['apps/projector/main.js', { SAVOIRS_PROJECTOR_PORT: '70000' }, 78, /^SAVOIRS_PROJECTOR_PORT must be a whole number/],
      [MAIN, { ...onServer(), PORT: port }, 75, new RegExp(`^Port ${port} is in use`, 'm')],
      [MAIN, { ...onServer(), HOST: '203.0.113.1', PORT: '0' }, 78, /^HOST must be an address of this machine/m],
      [MAIN, production(), 78, /^SAVOIRS_JWKS_URL must be set in production/],
      [MAIN, { ...production(), SAVOIRS_JWKS_URL: 'ftp://keys' }, 78, /^SAVOIRS_JWKS_URL must be an http/],
      ['apps/api/start.js', { ...production(), SAVOIRS_JWKS_URL: 'http://127.0.0.1:1/keys' }, 78, /^NODE_ENV must be something else/],
    ];
    const ended = wrong.map(async ([program, env, code, sentence], index) => {
      const child = startChild(program, { SAVOIRS_DATA: join(folder, `wrong-${index}`), ...env });
      return { given: index, ...(await child.ended), said: child.stderr(), code, sentence, expected: code };
    });
    for (const { given, said, code, sentence, expected } of await Promise.all(ended)) {
      expect({ given, code }).toEqual({ given, code: expected });
      expect(said).toMatch(sentence);
      expect(said).not.toMatch(/\n\s+at |mysql:|nobody:wrong/);
      expect(
        said
          .trim()
          .split('\n')
          .filter((line) => !line.startsWith('The master key lies in')),
      ).toHaveLength(1);
    }
  });

  it('answers the probes of a projector of its own where it has a port, and nothing else', async () => {
    const child = startChild('apps/projector/main.js', {
      ...onServer(),
      SAVOIRS_DATA: join(folder, 'projector'),
      SAVOIRS_PROJECTOR_PORT: '0',
    });
    const [, url] = await child.says(/^The projector follows the log: (http\S+)$/m);
    const ready = await fetch(`${url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      ready: true,
      projections: expect.arrayContaining([expect.objectContaining({ name: 'directory' })]),
    });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('savoirs_projection_lag_seconds{projection="directory"}');
    expect((await fetch(`${url}/networks/${randomUUID()}`)).status).toBe(404);
    child.kill('SIGTERM');
    expect(await child.ended).toEqual({ code: 0, signal: null });
  });

  it('makes and takes no development identities in production', async () => {
    const env = { ...production(), PORT: '0', SAVOIRS_JWKS_URL: 'http://127.0.0.1:1/keys' };
    const child = startChild(MAIN, { ...env, SAVOIRS_DRAIN_SECONDS: '0' });
    const [, url] = await child.says(LISTENS);
    await expect(developmentIdentities(readSettings(env))).rejects.toThrow('NODE_ENV');
    const identities = await developmentIdentities(readSettings({ ...env, NODE_ENV: '', SAVOIRS_DATA: join(folder, 'elsewhere') }));
    const networkId = randomUUID();
    const token = await identities.token('eve', { [networkId]: ['network-lead'] });
    const { status } = await fetch(`${url}/networks/${networkId}`, { headers: { authorization: `Bearer ${token}` } });
    // the provider's keys are out of reach here: nobody can say 401
    expect(status).toBe(503);
    expect(existsSync(join(env.SAVOIRS_DATA, 'development-identities.json'))).toBe(false);
    child.kill('SIGTERM');
    expect(await child.ended).toEqual({ code: 0, signal: null });
    // one JSON line each on stdout, and nothing else
    const lines = child
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string; route?: string });
    expect(lines.filter(({ msg }) => msg === 'request').map(({ route }) => route)).toEqual(['/networks/:networkId']);
  });

  describe('on a data folder of its own', () => {
    const networkId = randomUUID();
    const env = (): Record<string, string> => ({ SAVOIRS_DATA: join(folder, 'own'), PORT: '0', SAVOIRS_DRAIN_SECONDS: '1' });
    const started = async (): Promise<{ child: Child; url: string; authorization: string }> => {
      const child = startChild(MAIN, env());
      const [, url] = await child.says(LISTENS);
      const token = await (await developmentIdentities(readSettings(env()))).token('lou', { [networkId]: ['network-lead'] });
      return { child, url: url!, authorization: `Bearer ${token}` };
    };
    const answerOf = async (sent: ClientRequest): Promise<{ status: number | undefined; text: string }> => {
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      let text = '';
      for await (const chunk of response) text += String(chunk);
      return { status: response.statusCode, text };
    };
    /** Asks again until it is so: what a supervisor does, too. */
    const until = async (ask: () => Promise<boolean>): Promise<void> => {
      while (!(await ask())) await new Promise((resolve) => setImmediate(resolve));
    };
    const ready = (url: string): Promise<number> =>
      fetch(`${url}/health/ready`).then(
        ({ status }) => status,
        () => 0,
      );

    it('does not wait at its end for a connection over which nothing was ever asked', async () => {
      const { child, url } = await started();
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      await once(socket, 'connect');
      // whoever is answered later was let in later
      expect(await ready(url)).toBe(200);
      child.kill('SIGTERM');
      const ended = once(socket, 'close');
      expect(await child.ended).toEqual({ code: 0, signal: null });
      await ended;
    }, 40_000);

    it('is not ready after SIGTERM, finishes the request that is under way, stops the server and exits 0', async () => {
      const { child, url, authorization } = await started();
      expect(await ready(url)).toBe(200);
      const body = JSON.stringify({ label: 'Lyon' });
      const headers = {
        authorization,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        expect: '100-continue',
      };
      const slow = request(`${url}/networks/${networkId}`, { method: 'POST', headers });
      slow.flushHeaders();
      await once(slow, 'continue'); // its head has arrived: it is under way
      child.kill('SIGTERM');
      await until(async () => (await ready(url)) === 503);
      await until(async () => (await ready(url)) === 0);
      const answer = answerOf(slow);
      slow.end(body);
      expect(await answer).toMatchObject({ status: 200 });
      expect(await child.ended).toEqual({ code: 0, signal: null });
      expect(isServerRunning(env()['SAVOIRS_DATA']!)).toBe(false);
    });

    it('starts plainly again after SIGKILL, with everything that it had answered', async () => {
      const killed = await started();
      killed.child.kill('SIGKILL');
      await killed.child.ended;
      const { child, url, authorization } = await started();
      expect((await fetch(`${url}/networks/${networkId}`, { headers: { authorization } })).status).toBe(200);
      child.kill('SIGINT');
      expect(await child.ended).toEqual({ code: 0, signal: null });
      expect(isServerRunning(env()['SAVOIRS_DATA']!)).toBe(false);
    });
  });
});
