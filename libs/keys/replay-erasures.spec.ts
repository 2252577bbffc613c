import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '#kernel/id';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { keysContract } from './keys.contract';
import { ErasureNotEntered } from './keys.port';
import { ledgerFile, type LedgerFile } from './ledger-file';
import type { LedgerEntry } from './ledger-lines';
import { ledgerSigner } from './ledger-signature';
import { postgresKeys } from './postgres-keys';
import { keepLedger } from './replay-erasures';

const masterKey = Buffer.alloc(32, 7);
let db: TestDatabase;
let folder: string;
let path: string;
let seconds = 0;
let erasedAgain: LedgerEntry[] = [];
const clock = { now: () => new Date(Date.UTC(2026, 2, 2) + 1000 * (seconds += 1)).toISOString() as Instant };
const aLedger = (): LedgerFile => ledgerFile(path, ledgerSigner(masterKey));
const open = (ledger: LedgerFile = aLedger()) => {
  erasedAgain = [];
  return postgresKeys({
    pool: db.pool,
    masterKey,
    clock,
    replay: { ledger, onErased: async (erased) => void erasedAgain.push(...erased) },
  });
};

beforeAll(async () => {
  db = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'savoirs-ledger-'));
});
afterAll(async () => {
  await db.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await db.pool.query('drop schema if exists keys cascade; drop schema if exists older cascade');
  path = join(folder, `erasures-${(seconds += 1)}`);
});

keysContract('PostgreSQL with a ledger elsewhere', () => open());

const ana = { network: 'lyon', member: 'ana', stream: null };
const boHere = { network: 'lyon', member: 'bo', stream: 'exchange-1' };
const cleoHere = { network: 'lyon', member: 'cleo', stream: 'exchange-1' };
const TABLES = ['data_key', 'identity', 'erasure'];

/** As a tool would that knows nothing of us: the tables as they are now, and put back later. */
const keepAside = async (): Promise<void> => {
  await db.pool.query('create schema older');
  for (const table of TABLES) await db.pool.query(`create table older.${table} as select * from keys.${table}`);
};
const bringBack = async (): Promise<void> => {
  for (const table of TABLES) {
    await db.pool.query(`delete from keys.${table}`);
    await db.pool.query(`insert into keys.${table} overriding system value select * from older.${table}`);
  }
};

describe('the erasure ledger, and the keys’ tables', () => {
  it('enters an erasure before any key is destroyed: where it cannot, none is (R19)', async () => {
    const keys = await open({
      ...aLedger(),
      enter: async () => {
        throw new ErasureNotEntered('ENOSPC');
      },
    });
    const [made, here] = [await keys.sealing(ana), await keys.sealing(boHere)];
    await expect(keys.eraseMember('lyon', 'ana')).rejects.toThrow(ErasureNotEntered);
    await expect(keys.eraseStreams('lyon', ['exchange-1'])).rejects.toThrow(ErasureNotEntered);
    expect([await keys.opening(made.keyId), await keys.opening(here.keyId)]).toEqual([made, here]);
    expect(await keys.erasures()).toEqual([]);
  });

  it('erases again what older tables brought back, keys and identity, and nobody else (R19)', async () => {
    const keys = await open();
    await keys.register('lyon', 'subject of ana', 'ana');
    const made = await Promise.all([ana, boHere, { ...boHere, stream: null }].map((owner) => keys.sealing(owner)));
    await keepAside();
    await keys.eraseStreams('lyon', ['exchange-1']);
    await keys.eraseMember('lyon', 'ana');
    await keys.forget('lyon', 'ana');
    await bringBack();
    const after = await open();
    expect(erasedAgain.map(({ member, stream }) => member ?? stream)).toEqual(['exchange-1', 'ana']);
    expect(await Promise.all(made.map(({ keyId }) => after.opening(keyId)))).toEqual(['erased', 'erased', made[2]]);
    expect(await after.find('lyon', 'subject of ana')).toBeNull();
    expect((await after.erasures()).map(({ member, stream }) => member ?? stream)).toEqual(['exchange-1', 'ana']);
    await open();
    expect(erasedAgain).toEqual([]);
  });

  it('carries out at the next start what a crash left between the ledger and the keys (R19)', async () => {
    const keys = await open();
    const { keyId } = await keys.sealing(ana);
    await aLedger().enter([ana], clock.now());
    expect(await (await open()).opening(keyId)).toBe('erased');
  });

  it('leaves what others wrote after an erasure that was entered twice (R19)', async () => {
    const keys = await open();
    await keys.sealing(boHere);
    await aLedger().enter([{ network: 'lyon', member: null, stream: 'exchange-1' }], clock.now());
    await keys.eraseStreams('lyon', ['exchange-1']);
    const later = await keys.sealing(cleoHere);
    expect(await (await open()).opening(later.keyId)).toEqual(later);
  });

  it('is begun by the first start, and missed by any later one', async () => {
    const keys = await open();
    expect(await aLedger().read()).toEqual([]);
    await keys.sealing(ana);
    rmSync(path);
    await expect(open()).rejects.toMatchObject({ exitCode: 78, message: expect.stringMatching(/^There is no erasure ledger at /) });
    expect(await keepLedger(db.pool, aLedger())).toEqual([]);
    await open();
  });

  it('is refused where it was cut short, by as many as it lacks; an operator may add them (R19)', async () => {
    const keys = await open();
    await keys.eraseMember('lyon', 'ana');
    const whole = readFileSync(path, 'utf8');
    await keys.eraseMember('lyon', 'bo');
    writeFileSync(path, whole);
    await expect(open()).rejects.toMatchObject({ exitCode: 65, message: expect.stringContaining('lacks 1 of the erasures') });
    expect((await keepLedger(db.pool, aLedger())).map(({ member }) => member)).toEqual(['ana', 'bo']);
    await open();
    expect(erasedAgain).toEqual([]);
  });

  it('is replayed once, however many processes start at once (R19)', async () => {
    await (await open()).sealing(ana);
    await aLedger().enter([ana], clock.now());
    await Promise.all(
      Array.from({ length: 6 }, () =>
        postgresKeys({ pool: db.pool, masterKey, clock, replay: { ledger: aLedger(), onErased: async () => undefined } }),
      ),
    );
    expect((await db.pool.query('select from keys.erasure')).rowCount).toBe(1);
  });
});
