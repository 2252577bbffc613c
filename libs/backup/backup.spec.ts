import {
  copyFileSync,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Pool } from 'pg';
import { collected } from '#event-store/contract/subject';
import { START } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import type { TestDatabase } from '#testing/test-database';
import { postgresTopics } from '#topics/postgres-topics';
import { starterTopicRows } from '#topics/starter-topics';
import { ledgerText } from './erasures';
import { replaceFile } from './backup-folder';
import {
  aFolder,
  anEmptyDatabase,
  aPlace,
  aProcess,
  backUp,
  fill,
  MASTER_KEY,
  openKeys,
  restoreTo,
  type BackedUpInstallation,
} from './place.fixture';
import { readErasures } from './take-backup';

const PARKED = `unknown, k.key, k.position, k.event_id, k.type, k.stream, k.revision, k.state, k.fault, k.attempts, k.answered, k.silent, k.due, k.due_at`;

describe('a backup', () => {
  let source: BackedUpInstallation;
  let target: TestDatabase;
  let folder: ReturnType<typeof aFolder>;
  beforeEach(async () => {
    [source, target, folder] = [await aPlace(), await anEmptyDatabase(), aFolder()];
    await fill(source, ['ana', 'bo', 'cleo']);
  });
  afterEach(async () => {
    await source.log.close();
    await Promise.all([source.drop(), target.drop()]);
    folder.remove();
  });

  const eventsIn = async (url: string) => {
    const log = await PostgresLog.open(url);
    try {
      return { id: await log.logId(), events: await collected(log.readAll({ after: START })) };
    } finally {
      await log.close();
    }
  };
  const holdsNothing = async (): Promise<boolean> => {
    const { rows } = await target.pool.query<{ made: boolean }>(`select to_regclass('log.events') is not null as made`);
    if (rows[0]?.made !== true) return true;
    const found = await target.pool.query(
      'select from log.events union all select from keys.data_key union all select from reference.topic',
    );
    return found.rows.length === 0;
  };
  const anotherLook = ({ url }: Pick<BackedUpInstallation, 'url'>) => ({ pool: new Pool({ connectionString: url, max: 1 }) });
  const table = async ({ pool }: Pick<BackedUpInstallation, 'pool'>, sql: string) => (await pool.query(sql)).rows;

  describe('that is whole', () => {
    it('brings log, keys and identities back as they were, in a log with a new id', async () => {
      await backUp(source, folder.path);
      const { logId } = await restoreTo(target.url, folder.path);
      const [before, after] = [await eventsIn(source.url), await eventsIn(target.url)];
      expect(after.events).toEqual(before.events);
      expect([after.id, after.id === before.id]).toEqual([logId, false]);
      const keys = await openKeys(target);
      expect(await keys.find('lyon', 'subject of ana')).toBe('ana');
      const made = await source.keys.sealing({ network: 'lyon', member: 'bo', stream: 'exchange-1' });
      expect(await keys.opening(made.keyId)).toEqual(made);
    });

    it('holds what was committed before it began, and nothing that came later: events, keys and processes of one moment', async () => {
      await aProcess(source, 'reviews');
      let stop = false;
      let written = 0;
      const writing = (async () => {
        for (; !stop; written += 1) await fill(source, [`late-${written}`]);
      })();
      while (written < 3) await new Promise((go) => setTimeout(go, 5));
      const least = Number(await source.log.head());
      const { log } = await backUp(source, folder.path);
      stop = true;
      await writing;
      await restoreTo(target.url, folder.path);
      const after = await eventsIn(target.url);
      expect(after.events).toHaveLength(log.events);
      expect(log.events).toBeGreaterThanOrEqual(least);
      expect(after.events).toEqual((await eventsIn(source.url)).events.slice(0, log.events));
      const keys = await openKeys(target);
      for (const { stream } of after.events)
        expect(await keys.find('lyon', `subject of ${stream.slice('member-'.length)}`)).toBe(stream.slice('member-'.length));
    });

    it('brings processes back where they stood, with what they have parked, under whatever numbers they get, and leaves out whose they are (case 6)', async () => {
      for (const name of ['reviews', 'withdrawal']) await aProcess(source, name);
      await source.pool.query(`update read.projection set state = 'retired' where name = 'process/withdrawal'`);
      await target.pool.query('create schema if not exists other');
      await backUp(source, folder.path);
      const { logId } = await restoreTo(target.url, folder.path);
      expect(await table(target, `select name, position, log_id, lease_owner from read.projection`)).toEqual([
        { name: 'process/reviews', position: await source.log.head(), log_id: logId, lease_owner: null },
      ]);
      const rows = `select p.name as of, r.key, r.row from read.process_row r join read.projection p on p.id = r.process`;
      const dues = `select p.name as of, d.key, d.name, d.at from read.due d join read.projection p on p.id = d.process`;
      const parked = `select p.name as of, ${PARKED} from read.parked k join read.projection p on p.id = k.projection`;
      expect(await table(target, parked)).toHaveLength(1);
      for (const sql of [rows, dues, parked])
        expect(await table(target, sql)).toEqual(await table(source, `${sql} where p.state <> 'retired'`));
    });

    it('brings topics back, and is restored where Savoirs was started before and nothing was done', async () => {
      await (
        await postgresTopics(source.pool)
      ).store([{ uri: 'urn:a', language: 'fr', label: 'Souder', alternatives: ['Soudure', 'Braser'] }]);
      const started = await aPlace();
      await aProcess(started, 'reviews');
      await started.pool.query('delete from read.process_row; delete from read.due');
      // each start brings the starter list along, of which the source may have dropped what it likes
      await (await postgresTopics(started.pool)).store(starterTopicRows);
      const id = await started.log.logId();
      await Promise.all([started.log.close(), started.pool.end()]);
      await backUp(source, folder.path);
      await restoreTo(started.url, folder.path);
      const topics = 'select uri, language, label, alternatives, words, forms, slips from reference.topic';
      const there = await anotherLook(started);
      expect(await (await postgresTopics(there.pool)).search('souder', 'fr', 1)).toMatchObject([{ uri: 'urn:a' }]);
      expect(await table(there, topics)).toEqual(await table(source, topics));
      await there.pool.end();
      expect((await eventsIn(started.url)).id).not.toBe(id);
      await started.drop();
    });

    it('keeps its keys apart where it is told to, and is not restored without them', async () => {
      const keysFile = join(dirname(folder.path), 'keys', 'of-monday.gz');
      await backUp(source, folder.path, { keysFile });
      expect(readdirSync(folder.path)).not.toContain('keys.gz');
      await expect(restoreTo(target.url, folder.path)).rejects.toThrow('name their file with --keys');
      expect(await holdsNothing()).toBe(true);
      await restoreTo(target.url, folder.path, { keysFile });
      expect(await (await openKeys(target)).find('lyon', 'subject of bo')).toBe('bo');
    });

    it('goes round: what was restored is backed up and restored again', async () => {
      await aProcess(source, 'reviews');
      await backUp(source, folder.path);
      await restoreTo(target.url, folder.path);
      const [again, third] = [aFolder(), await anEmptyDatabase()];
      await backUp(target, again.path);
      await restoreTo(third.url, again.path);
      expect((await eventsIn(third.url)).events).toEqual((await eventsIn(source.url)).events);
      again.remove();
      await third.drop();
    });
  });

  describe('that is torn, altered or not ended', () => {
    const flip = (path: string): void => {
      const bytes = readFileSync(path);
      const at = Math.floor(bytes.length / 2);
      const file = openSync(path, 'r+');
      writeSync(file, Buffer.of(bytes[at]! ^ 1), 0, 1, at);
    };
    const FILES = ['log.gz', 'keys.gz', 'processes.gz', 'topics.gz', 'erasures.json', 'manifest.json'];

    it.each(FILES)('is refused in one sentence that names the file, and nothing is brought in: %s', async (name) => {
      await backUp(source, folder.path);
      const path = join(folder.path, name);
      const whole = readFileSync(path);
      const spoilings = [
        () => flip(path),
        () => truncateSync(path, whole.length - 20),
        () => rmSync(path),
        () => writeFileSync(path, Buffer.concat([whole, whole])),
      ];
      for (const spoil of spoilings) {
        spoil();
        const fault = await restoreTo(target.url, folder.path).catch((thrown: unknown) => thrown);
        expect(fault).toMatchObject({ name: 'BackupRefused', exitCode: 65, message: expect.stringContaining(name) });
        writeFileSync(path, whole);
      }
      expect(await holdsNothing()).toBe(true);
      await restoreTo(target.url, folder.path);
    });

    it('is refused with the keys or the log of another backup', async () => {
      await backUp(source, folder.path);
      await fill(source, ['dan']);
      const other = aFolder();
      await backUp(source, other.path);
      for (const name of ['keys.gz', 'log.gz']) {
        const mixed = `${folder.path}-${name}`;
        cpSync(folder.path, mixed, { recursive: true });
        copyFileSync(join(other.path, name), join(mixed, name));
        await expect(restoreTo(target.url, mixed)).rejects.toThrow(`${name} is not the file that the backup was written with`);
      }
      other.remove();
    });

    it('is under no name that a restore takes until it is whole, and leaves nothing when it is stopped', async () => {
      const stopping = new AbortController();
      const keysFile = join(dirname(folder.path), 'keys.gz');
      const during: string[] = [];
      const onProgress = (): void => {
        during.push(...readdirSync(dirname(folder.path)));
        stopping.abort();
      };
      await expect(backUp(source, folder.path, { keysFile, signal: stopping.signal, onProgress })).rejects.toThrow('aborted');
      expect(during.filter((name) => !name.includes('.partial-'))).toEqual([]);
      expect(during.length).toBeGreaterThan(0);
      expect(readdirSync(dirname(folder.path))).toEqual([]);
    });

    it('is no backup of a log in which an event is missing', async () => {
      await source.pool.query('delete from log.events where position = 2');
      await expect(backUp(source, folder.path)).rejects.toThrow('it goes up to event 3, and 2 are there');
      expect(existsSync(folder.path)).toBe(false);
    });

    it('never takes the place of another one', async () => {
      await backUp(source, folder.path);
      const keysFile = `${folder.path}.keys`;
      writeFileSync(keysFile, 'mine');
      await expect(backUp(source, folder.path)).rejects.toThrow('exists already');
      await expect(backUp(source, `${folder.path}-2`, { keysFile })).rejects.toThrow('exists already');
      expect(readFileSync(keysFile, 'utf8')).toBe('mine');
    });
  });

  describe('is refused', () => {
    beforeEach(async () => void (await backUp(source, folder.path)));

    it('where something lies already, which stays as it is', async () => {
      const before = await eventsIn(source.url);
      await source.log.close();
      await expect(restoreTo(source.url, folder.path)).rejects.toMatchObject({ exitCode: 65, message: expect.stringContaining('empty') });
      expect(await eventsIn(source.url)).toEqual(before);
      const keys = await openKeys(target);
      await keys.register('lyon', 'subject', 'dan');
      await expect(restoreTo(target.url, folder.path)).rejects.toThrow('There are keys here already');
      expect(await keys.find('lyon', 'subject')).toBe('dan');
    });

    it('under another master key', async () => {
      await expect(restoreTo(target.url, folder.path, { masterKey: Buffer.alloc(32, 8) })).rejects.toMatchObject({
        exitCode: 78,
        message: expect.stringContaining('another master key'),
      });
    });

    it('while another Savoirs process is at work there', async () => {
      const other = await PostgresLog.open(target.url);
      await other.head();
      await expect(restoreTo(target.url, folder.path)).rejects.toMatchObject({ exitCode: 75 });
      await other.close();
      await restoreTo(target.url, folder.path);
    });

    it('where a newer Savoirs made it', async () => {
      const manifest = JSON.parse(readFileSync(join(folder.path, 'manifest.json'), 'utf8'));
      manifest.format = 2;
      writeFileSync(join(folder.path, 'manifest.json'), JSON.stringify(manifest));
      await expect(restoreTo(target.url, folder.path)).rejects.toThrow('newer Savoirs');
      await source.pool.query('insert into keys.step values (99)');
      const newer = aFolder();
      await backUp(source, newer.path);
      await expect(restoreTo(target.url, newer.path)).rejects.toThrow('newer Savoirs');
      expect(await holdsNothing()).toBe(true);
      newer.remove();
    });
  });

  describe('of which a restore does not end', () => {
    it('leaves what it was given as empty as before when it is stopped, so that the same command ends well', async () => {
      await backUp(source, folder.path);
      await expect(restoreTo(target.url, folder.path, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
      expect(await holdsNothing()).toBe(true);
      await openKeys(target);
      await restoreTo(target.url, folder.path);
    });

    it('lets no Savoirs start after a kill, until the same command has ended', async () => {
      await backUp(source, folder.path);
      await target.pool.query('create schema keys; create table keys.restoring (since timestamptz not null default now())');
      await expect(openKeys(target)).rejects.toMatchObject({ exitCode: 78, message: expect.stringContaining('A restore began here') });
      await expect(backUp(target, `${folder.path}-2`)).rejects.toThrow('nothing');
      await restoreTo(target.url, folder.path);
      await openKeys(target);
    });
  });

  describe('older than an erasure', () => {
    const erasing = async (member: string): Promise<void> => {
      await source.keys.eraseMember('lyon', member);
      await source.keys.forget('lyon', member);
    };
    const keyOf = async (member: string, stream: string | null = null) =>
      (await source.pool.query('select key_id from keys.data_key where member = $1 and stream is not distinct from $2', [member, stream]))
        .rows[0]?.key_id as string;

    it('does not bring back who was erased since, by a ledger that was kept (R19)', async () => {
      await erasing('cleo');
      await backUp(source, folder.path);
      const [ana, anaHere, bo, boHere] = [
        await keyOf('ana'),
        await keyOf('ana', 'exchange-1'),
        await keyOf('bo'),
        await keyOf('bo', 'exchange-1'),
      ];
      await fill(source, ['late']);
      await erasing('ana');
      await erasing('late');
      await source.keys.eraseStreams('lyon', ['exchange-1']);
      const ledger = `${folder.path}.erasures.json`;
      await replaceFile(ledger, ledgerText(await readErasures(source.pool, { now: () => '2026-04-01T00:00:00.000Z' as never })));
      const { erased, stillNamed } = await restoreTo(target.url, folder.path, { later: ledger });
      expect(erased.map(({ member, stream }) => member ?? stream)).toEqual(['ana', 'late', 'exchange-1']);
      expect(stillNamed).toEqual([{ network: 'lyon', member: 'ana' }]);
      const keys = await openKeys(target);
      for (const keyId of [ana, anaHere, boHere]) expect(await keys.opening(keyId)).toBe('erased');
      expect(await keys.opening(bo)).not.toBe('erased');
      for (const member of ['ana', 'late', 'cleo']) {
        expect(await keys.find('lyon', `subject of ${member}`)).toBeNull();
        await expect(keys.sealing({ network: 'lyon', member, stream: null })).rejects.toThrow('erased');
      }
      expect(await keys.erasures()).toEqual(await source.keys.erasures());
    });

    it('takes the ledger of a later backup as well', async () => {
      await backUp(source, folder.path);
      const ana = await keyOf('ana');
      await erasing('ana');
      const later = aFolder();
      await backUp(source, later.path);
      await restoreTo(target.url, folder.path, { later: later.path });
      expect(await (await openKeys(target)).opening(ana)).toBe('erased');
      later.remove();
    });

    it('refuses a ledger that is older, altered, or of another installation', async () => {
      const early = aFolder();
      await backUp(source, early.path);
      await erasing('ana');
      await backUp(source, folder.path);
      await expect(restoreTo(target.url, folder.path, { later: early.path })).rejects.toThrow('older than the backup');
      const path = join(early.path, 'erasures.json');
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, text.replace(/2026-/, '2027-'));
      await expect(restoreTo(target.url, folder.path, { later: early.path })).rejects.toThrow('torn, altered');
      writeFileSync(path, ledgerText({ masterKey: 'another', takenAt: '2027-01-01T00:00:00.000Z', erasures: [] }));
      await expect(restoreTo(target.url, folder.path, { later: early.path })).rejects.toThrow('another installation');
      expect(await holdsNothing()).toBe(true);
      early.remove();
    });
  });

  it('names nobody and holds no text in clear in its folder', async () => {
    await backUp(source, folder.path);
    renameSync(folder.path, `${folder.path}-moved`);
    const all = readdirSync(`${folder.path}-moved`).map((name) => readFileSync(join(`${folder.path}-moved`, name)));
    const clear = all.map((bytes) => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes));
    for (const bytes of clear)
      for (const secret of [MASTER_KEY, MASTER_KEY.toString('hex'), 'subject of']) expect(bytes.includes(secret)).toBe(false);
    await restoreTo(target.url, `${folder.path}-moved`);
    const { rows } = await target.pool.query<{ text: string }>('select identity::text as text from keys.identity');
    expect(rows.map(({ text }) => text).join()).not.toContain('subject of');
  });
});
