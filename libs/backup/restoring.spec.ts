import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { erasuresNow, ledgerText } from './erasures';
import { onClient } from './take-backup';
import { fingerprintOf } from '#keys/wrapping';
import {
  MASTER_KEY,
  aFolder,
  backUp,
  eventsIn,
  fill,
  folder,
  holdsNothing,
  openKeys,
  restoreTo,
  source,
  target,
  withInstallation,
} from './place.fixture';

describe('a backup', () => {
  withInstallation();

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
      const erasures = await onClient(source.pool, erasuresNow);
      writeFileSync(ledger, ledgerText({ masterKey: fingerprintOf(MASTER_KEY), takenAt: '2026-04-01T00:00:00.000Z', erasures }));
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
});
