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
import { postgresTopics } from '#topics/postgres-topics';
import { storeStarterTopics } from '#topics/starter-topics';
import {
  aFolder,
  anEmptyDatabase,
  aPlace,
  aProcess,
  backUp,
  eventsIn,
  fill,
  folder,
  holdsNothing,
  MASTER_KEY,
  openKeys,
  restoreTo,
  source,
  target,
  withInstallation,
  type BackedUpInstallation,
} from './place.fixture';

const PARKED = `unknown, k.key, k.position, k.event_id, k.type, k.stream, k.revision, k.state, k.fault, k.attempts, k.answered, k.silent, k.due, k.due_at`;

describe('a backup', () => {
  withInstallation();

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
      const topics = await postgresTopics(source.pool);
      await topics.store([
        { uri: 'urn:a', language: 'fr', label: 'Souder', alternatives: ['Soudure', 'Braser'] },
        { uri: 'urn:b', language: 'fr', label: 'Assembler', alternatives: [] },
      ]);
      await topics.storeBroader(['urn:a'], [{ uri: 'urn:a', broader: 'urn:b' }]);
      const started = await aPlace();
      await aProcess(started, 'reviews');
      await started.pool.query('delete from read.process_row; delete from read.due');
      // each start brings the starter list along, of which the source may have dropped what it likes
      await storeStarterTopics(await postgresTopics(started.pool));
      const id = await started.log.logId();
      await Promise.all([started.log.close(), started.pool.end()]);
      await backUp(source, folder.path);
      await restoreTo(started.url, folder.path);
      const rows = 'select uri, language, label, alternatives, names, words, forms, slips from reference.topic';
      const there = await anotherLook(started);
      expect(await (await postgresTopics(there.pool)).search('souder', 'fr', 1)).toMatchObject([{ uri: 'urn:a' }]);
      expect(await table(there, rows)).toEqual(await table(source, rows));
      expect(await (await postgresTopics(there.pool)).broader()).toEqual([{ uri: 'urn:a', broader: 'urn:b' }]);
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
