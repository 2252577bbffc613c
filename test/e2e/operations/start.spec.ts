import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#testing/processes/free-port';
import { browser } from '../harness/browser';
import { isServerRunning, killAll, startChild, type Child } from '../harness/child';

const READY = /Savoirs is ready at (\S+);[^]*started again/;

describe('npm start, for who tries it', () => {
  let folder: string;
  let port: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-start-'));
    port = String(await freePort());
  });
  afterAll(async () => {
    await killAll();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (name: string, ...args: readonly string[]): Child =>
    startChild('apps/api/start.js', { SAVOIRS_DATA: join(folder, name), PORT: port }, args);
  const tokens = (name: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readFileSync(join(folder, name, 'tokens.env'), 'utf8')
        .trim()
        .split('\n')
        .filter((line) => /^\w+=/.test(line))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  const endsCleanly = async (child: Child, name: string): Promise<void> => {
    child.kill('SIGINT');
    expect(await child.ended).toEqual({ code: 0, signal: null });
    expect(isServerRunning(join(folder, name))).toBe(false);
  };
  /** Does what the printed line does. */
  const pasted = async (line: string, name: string): Promise<Response> => {
    const values = tokens(name);
    const [, variable, path] = /\$(TOKEN_\w+)".*"\$BASE([^"]*)" \| json$/.exec(line)!;
    const body = /-d '([^']*)'/.exec(line)?.[1];
    return fetch(`${values['BASE']}${path}`, {
      headers: { authorization: `Bearer ${values[variable!]}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { method: 'POST', body } : {}),
    });
  };
  const lines = (child: Child): readonly string[] =>
    child
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith('  curl'));

  /** With the first address that it names. */
  const signsInByOneClick = async (child: Child): Promise<void> => {
    const [, site] = /^Open this in a browser[^:]*: (http\S+)\/$/m.exec(child.stdout())!;
    const ask = async (one: ReturnType<typeof browser>) => (await one.ask(`${site}/session`)).json();
    const choose = async (one: ReturnType<typeof browser>, choice: Record<string, string>) => {
      const { url } = await one.open(`${site}/sign-in?returnTo=/docs`);
      const body = new URLSearchParams(choice).toString();
      const chosen = await one.step(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      return chosen.status === 303 ? (await one.open(chosen.headers.get('location')!)).url : chosen.status;
    };
    const somebody = browser();
    const { response } = await somebody.open(`${site}/sign-in`);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toMatch(
      new RegExp(`^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' ${site}; frame-ancestors 'none'; base-uri 'none'$`),
    );
    const page = await response.text();
    const listed = [...page.matchAll(/<button name="subject" value="([^"]+)">([^<]+)<small>([^<]+)</g)].map(([, ...one]) => one);
    expect(listed).toHaveLength(12);
    expect(listed).toContainEqual(['demo-lead', 'network lead', 'demo-lead']);
    expect(listed).toContainEqual([expect.any(String), expect.any(String), 'mediator']);
    expect(page).not.toContain('<script');
    const answer = await somebody.step(response.url, { headers: { 'accept-language': 'fr' } });
    expect(await answer.text()).toContain('<html lang="fr">');
    // a person, then another one, without signing out
    expect(await choose(somebody, { subject: 'demo-lead' })).toBe(`${site}/docs`);
    expect(await ask(somebody)).toMatchObject({ signedIn: true, networks: [{ roles: ['network-lead'], membership: null }] });
    expect(await choose(somebody, { subject: 'demo-operator' })).toBe(`${site}/docs`);
    expect(await ask(somebody)).toMatchObject({ signedIn: true, networks: [{ roles: ['operator'], membership: null }], isOperator: true });
    expect(await choose(somebody, { new: '1' })).toBe(`${site}/docs`);
    expect(await ask(somebody)).toMatchObject({ signedIn: true, networks: [{ roles: ['member'], membership: null }] });
    expect(await choose(somebody, { subject: '<b>' })).toBe(400);
    expect(child.stderr()).not.toContain('oidc-provider');
  };

  it('opens an empty network where nothing is to be played, by lines that can be pasted', async () => {
    const child = start('empty', '--empty');
    await child.says(READY);
    expect(lines(child)).toHaveLength(3);
    for (const line of lines(child)) expect((await pasted(line, 'empty')).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/docs/rules`)).status).toBe(200);
    await endsCleanly(child, 'empty');
  });

  it('plays a demo once, gives one identity a role and three members, and goes on where it was', async () => {
    const first = start('demo', '--members', '14', '--months', '1');
    await first.says(READY);
    expect(first.stdout()).toMatch(/^A demo network: 14 members/);
    expect(first.stdout()).toContain('--months 14` shows them');
    for (const line of first.stdout().split('\n')) expect(line.length).toBeLessThan(130);
    expect(statSync(join(folder, 'demo', 'tokens.env')).mode & 0o777).toBe(0o600);
    const names = Object.keys(tokens('demo')).filter((name) => name.startsWith('TOKEN_'));
    expect(names).toEqual([
      ...[
        'TOKEN_MEMBER',
        'TOKEN_MEMBER_2',
        'TOKEN_MEMBER_3',
        'TOKEN_FACILITATOR',
        'TOKEN_NETWORK_LEAD',
        'TOKEN_HR',
        'TOKEN_AUDITOR',
        'TOKEN_DASHBOARD',
      ],
      ...['TOKEN_DATA_PROTECTION_OFFICER', 'TOKEN_DATA_PROTECTION_OFFICER_2', 'TOKEN_OPERATOR', 'TOKEN_MEDIATOR'],
    ]);
    const [offers] = lines(first);
    expect(((await (await pasted(offers!, 'demo')).json()) as { entries: unknown[] }).entries.length).toBeGreaterThan(0);
    const network = tokens('demo')['BASE'];
    await signsInByOneClick(first);
    await endsCleanly(first, 'demo');
    const second = start('demo');
    await second.says(READY);
    expect(second.stdout()).not.toContain('A demo network');
    expect(tokens('demo')['BASE']).toBe(network);
    expect((await pasted(lines(second)[0]!, 'demo')).status).toBe(200);
    await endsCleanly(second, 'demo');
  });

  it('ends when the npm that started it is stopped, though its shell hands no signal on (case 36)', async () => {
    const program = join(__dirname, '../../../dist/apps/api/start.js');
    const { PATH = '' } = process.env;
    const env = { PATH, SAVOIRS_DATA: join(folder, 'orphan'), PORT: port, npm_lifecycle_event: 'start' };
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${program}" --empty; true`], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    await new Promise<void>((resolve) => shell.stdout.on('data', (chunk) => READY.test((said += String(chunk))) && resolve()));
    const closed = once(shell.stdout, 'close');
    shell.kill('SIGTERM');
    // its output ends with the process that holds it
    await closed;
    expect(isServerRunning(join(folder, 'orphan'))).toBe(false);
  });

  it('ends cleanly while the demo is played', async () => {
    const child = start('interrupted', '--members', '200', '--months', '12');
    await child.says(/The demo is being played/);
    await endsCleanly(child, 'interrupted');
  });
});
