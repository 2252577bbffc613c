import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { START } from '#event-store/log.port';
import { collected } from '#event-store/contract/subject';
import { defaultPolicy } from '#domain/network/policy';
import { asNetworkLead } from '#testing/people';
import { lyon } from '#testing/network-facts';
import { runSource } from '#testing/processes/other-process';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { openInstallation, type Installation } from '../../installation/installation';
import { readSettings } from '../../installation/settings';

const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

// each command is a process of its own
jest.setTimeout(300_000);

describe('savoirs data backup and restore', () => {
  let [home, elsewhere]: TestDatabase[] = [];
  let folder: string;
  beforeAll(async () => {
    [home, elsewhere, folder] = [await testDatabase(), await testDatabase(), mkdtempSync(join(tmpdir(), 'savoirs-cli-'))];
    await onInstallation(home.url, async ({ application, prepareReadModels }) => {
      const open = { networkId: lyon, label: 'Lyon', timeZone: 'Europe/Paris', defaultLanguage: 'fr', policy: defaultPolicy } as const;
      await application.dispatcher.dispatch(
        { type: 'OpenNetwork', data: open },
        { networkId: lyon, by: asNetworkLead(), commandId: '0192f0c1-0000-7000-8000-00000000000a' as never },
      );
      await prepareReadModels();
    });
  });
  afterAll(async () => {
    await Promise.all([home!.drop(), elsewhere!.drop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const onInstallation = async <T>(url: string, work: (installation: Installation) => Promise<T>): Promise<T> => {
    const env = { DATABASE_URL: url, SAVOIRS_DATA: folder, SAVOIRS_MASTER_KEY: MASTER_KEY };
    const installation = await openInstallation(readSettings(env), { warn: () => undefined });
    return work(installation).finally(() => installation.close());
  };
  const started = (env: NodeJS.ProcessEnv, ...args: readonly string[]) => {
    const { PATH } = process.env;
    const child = spawn(process.execPath, runSource(join(__dirname, '../main.ts'), 'data', ...args), {
      env: { PATH, SAVOIRS_DATA: folder, SAVOIRS_MASTER_KEY: MASTER_KEY, ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
    return { child, ended };
  };
  const savoirs = (env: NodeJS.ProcessEnv, ...args: readonly string[]) => started(env, ...args).ended;
  const sentences = (text: string): readonly string[] => text.trim().split('\n');

  it('takes everything elsewhere, with the keys apart, and says in the restored log that it was restored', async () => {
    const [whole, keys, ledger] = ['whole', 'whole.keys', 'erasures.json'].map((name) => join(folder, name)) as [string, string, string];
    const here = { DATABASE_URL: home!.url };
    const taken = await savoirs(here, 'backup', whole, '--keys', keys, '--output', 'json');
    const [facts] = JSON.parse(taken.stdout);
    expect([taken.code, facts]).toMatchObject([0, { events: 1, identities: 0, folder: whole, keysFile: keys }]);
    expect(taken.stderr).toContain('It opens with the master key alone, which is in neither');
    const told = await savoirs(here, 'erasures', ledger);
    expect([told.code, told.stderr]).toEqual([0, expect.stringMatching(/^0 erasures are in .*SAVOIRS_ERASURE_LEDGER/)]);

    await elsewhere!.pool.end();
    const there = { DATABASE_URL: elsewhere!.url };
    const restored = await savoirs(
      there,
      'restore',
      whole,
      '--keys',
      keys,
      '--erasures',
      ledger,
      '--reason',
      'Un essai.',
      '--output',
      'json',
    );
    const [result] = JSON.parse(restored.stdout);
    expect([restored.code, result]).toMatchObject([0, { backup: facts.backup, events: 1, erasedAgain: 0, recorded: true }]);
    expect(result.log).not.toBe(facts.log);
    expect(sentences(restored.stderr)).toHaveLength(2);
    await onInstallation(elsewhere!.url, async ({ log, codec }) => {
      const events = await collected(log.readAll({ after: START }));
      expect(events.map(({ type }) => type)).toEqual(['NetworkOpened', 'OperatorActed']);
      expect(await codec.reveal(events[1]!)).toMatchObject({
        data: { action: 'restore', target: `backup/${facts.backup}`, reason: 'Un essai.' },
      });
      expect(await log.logId()).toBe(result.log);
    });

    const again = await savoirs(there, 'restore', whole, '--keys', keys, '--none-erased');
    expect([again.code, again.stdout, sentences(again.stderr)]).toEqual([
      65,
      '',
      ['There are events here already: a backup is restored into an empty installation only.'],
    ]);
    const over = await savoirs(here, 'backup', whole);
    expect([over.code, sentences(over.stderr)]).toEqual([65, [expect.stringContaining('exists already')]]);
  });

  it('can be stopped whatever it waits for: nothing is left, code 130', async () => {
    const holder = new Pool({ connectionString: home!.url, max: 2 });
    holder.on('error', () => undefined);
    const client = await holder.connect();
    await client.query('begin; lock table keys.data_key in access exclusive mode');
    const { child, ended } = started({ DATABASE_URL: home!.url }, 'backup', join(folder, 'stopped'));
    const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await holder.query(waits)).rows.length === 0) await new Promise((go) => setTimeout(go, 50));
    expect(readdirSync(folder).filter((name) => name.startsWith('stopped.partial-'))).toHaveLength(1);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect([code, stdout, sentences(stderr).slice(-2)]).toEqual([130, '', ['Stopping …', 'Stopped: no backup was written.']]);
    expect(readdirSync(folder).filter((name) => name.startsWith('stopped'))).toEqual([]);
    await client.query('rollback');
    client.release();
    await holder.end();
  });

  it.each([
    ['without the word on erasures', {}, ['restore', 'nowhere'], 64, /Say who was erased since/],
    ['with two words on erasures', {}, ['restore', 'nowhere', '--none-erased', '--erasures', 'x'], 64, /Say who was erased since/],
    ['without a folder', {}, ['backup'], 64, /Missing required argument/],
    ['without a backup', {}, ['restore', 'nowhere', '--none-erased'], 65, /nowhere is no whole backup: manifest\.json is missing/],
    ['without an installation', { DATABASE_URL: '', SAVOIRS_DATA: '/nowhere' }, ['backup', 'x'], 65, /no installation in \/nowhere/],
    [
      'without a master key',
      { SAVOIRS_MASTER_KEY: '', SAVOIRS_DATA: '/nowhere' },
      ['restore', 'x', '--none-erased'],
      78,
      /master key is missing/,
    ],
    [
      'with the log in EventStoreDB',
      { EVENTSTORE_URL: 'esdb://me:hunter2@127.0.0.1:1' },
      ['backup', 'x'],
      78,
      /The log lies in EventStoreDB/,
    ],
  ])('says in one sentence what is wrong %s', async (_how, env, args, code, sentence) => {
    const ended = await savoirs({ DATABASE_URL: home!.url, ...env }, ...args);
    expect([ended.code, ended.stdout, sentences(ended.stderr)]).toEqual([code, '', [expect.stringMatching(sentence)]]);
    expect(ended.stderr).not.toContain('hunter2');
    expect(existsSync('/nowhere')).toBe(false);
  });
});
