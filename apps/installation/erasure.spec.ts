import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApplication } from '#application/create-application';
import type { CommandId, Instant } from '#kernel/id';
import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, MemberId } from '#domain/ids';
import { defaultPolicy } from '#domain/network/policy';
import type { DomainActor } from '#domain/vocabulary';
import { ERASED } from '#event-store/codec.port';
import { START, type StoredEvent } from '#event-store/log.port';
import type { Runtime } from '#read-store/subscriptions/runtime';
import { draftedOffer, draftedRequest, profile } from '#testing/content';
import { writeComment, writeExchange } from '#testing/histories/exchange-on-log';
import { lyon } from '#testing/network-facts';
import { ana, asDataProtectionOfficer, asMember, asNetworkLead, bo } from '#testing/people';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { openInstallation, type Installation } from './installation';
import { readSettings } from './settings';

const NAME = 'Aurélie Quetzalcóatl';
const COMMENT = 'Très patiente, la Quetzalcóatl de Villeurbanne';
const exchangeId = 'exchange-of-ana' as ExchangeId;

let folder: string;
let here: Installation;
let runtime: Runtime;
let now: Instant;

const clock = { now: () => now };
const later = (minutes: number): void => void (now = new Date(Date.parse(now) + minutes * 60_000).toISOString() as Instant);

const open = async (env: NodeJS.ProcessEnv): Promise<void> => {
  now = '2026-03-02T09:00:00.000Z' as Instant;
  here = await openInstallation(readSettings({ ...env, SAVOIRS_DATA: folder }), { clock, warn: () => undefined });
  await restart();
};
/** `driven` sees at its start alone what is paused. */
const restart = async (): Promise<void> => {
  await runtime?.stop();
  runtime = await here.startRuntime({ mode: 'driven' });
};
const give = async (order: SentCommand, by: DomainActor): Promise<void> => {
  const commandId = randomUUID() as CommandId;
  const outcome = await here.application.dispatcher.dispatch(order, { networkId: lyon, by, commandId });
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
};
const enrol = async (memberId: MemberId, name: string): Promise<void> => {
  const by = asMember(memberId);
  const entry = { memberId, profile: profile({ name }), entry: 'self', offers: [], requests: [] } as const;
  await give({ type: 'ApplyForMembership', data: entry }, by);
  await give({ type: 'AcceptCharter', data: { memberId, charterVersion: 1 } }, by);
  const topic = { text: 'Tableaux croisés', uri: null };
  const sides = {
    offers: [draftedOffer(`offer-of-${memberId}`, { topic })],
    requests: [draftedRequest(`request-of-${memberId}`, { topic })],
  };
  await give({ type: 'EnrolMember', data: { memberId, ...sides } }, by);
};
const network = async (): Promise<void> => {
  const opening = { networkId: lyon, label: 'Lyon', timeZone: 'Europe/Paris', defaultLanguage: 'fr', policy: defaultPolicy } as const;
  await give({ type: 'OpenNetwork', data: opening }, asNetworkLead());
  await give({ type: 'PublishCharter', data: { networkId: lyon, text: { fr: 'La charte' } } }, asNetworkLead());
  await enrol(ana, NAME);
  await enrol(bo, 'Bo Example');
};
const exchange = async (): Promise<void> => {
  const writing = { log: here.log, codec: here.codec, network: lyon, at: now };
  await writeExchange(writing, { exchangeId, giver: ana, learners: [bo] });
  await writeComment(writing, exchangeId, { by: bo, text: COMMENT });
};
const approve = async (): Promise<void> => {
  await give({ type: 'AskForErasure', data: { memberId: ana } }, asMember(ana));
  await give({ type: 'ApproveErasure', data: { memberId: ana } }, asDataProtectionOfficer());
};
const stored = async (): Promise<readonly StoredEvent[]> => {
  const all: StoredEvent[] = [];
  for await (const event of here.log.readAll({ after: START })) all.push(event);
  return all;
};
/** As the enrolment's process does: again every two minutes. */
const untilErased = async (): Promise<void> => {
  for (let round = 0; round < 5; round += 1) {
    await runtime.drain();
    if ((await stored()).some(({ type }) => type === 'PersonalDataErased')) return;
    later(3);
    await runtime.fireDue();
  }
  throw new Error('it was never recorded as erased');
};
const readable = async (): Promise<readonly string[]> => {
  const revealed = await Promise.all((await stored()).map(async (event) => JSON.stringify((await here.codec.reveal(event)).data)));
  const { rows } = await here.pool.query<{ text: string }>('select text from read.personal_text');
  const all = [...revealed, ...rows.map(({ text }) => text)];
  return [NAME, COMMENT].filter((canary) => all.some((text) => text.includes(canary)));
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'savoirs-erasure-'));
  chmodSync(folder, 0o755);
});
const close = async (): Promise<void> => {
  await runtime.stop();
  await here.close();
  rmSync(folder, { recursive: true, force: true });
};

describe('an erasure while a read model stands still', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await testDatabase();
    await open({ DATABASE_URL: db.url });
    await network();
  });
  afterEach(async () => {
    await close();
    await db.drop();
  });

  it('ends what others wrote of the erased person in an exchange that no read model has seen yet (R19, case 28)', async () => {
    await runtime.drain();
    await here.builds.pause({ name: 'exchange-history' }).run();
    await restart();
    await exchange();
    await approve();
    await untilErased();
    expect(await readable()).toEqual([]);
    await here.builds.resume({ name: 'exchange-history' }).run();
    await restart();
    await runtime.drain();
    const [comment] = (await stored()).filter(({ type }) => type === 'EvaluationSubmitted');
    expect(await here.codec.reveal(comment!)).toMatchObject({ data: { form: { comment: ERASED } } });
  });

  it('is not said to be done while a clear text can be read, whoever keeps those (R19, case 28)', async () => {
    await exchange();
    await runtime.drain();
    await here.pool.query(`update read.projection set paused = true where name = 'personal-text'`);
    await restart();
    expect(await readable()).toEqual([NAME, COMMENT]);
    await approve();
    await untilErased();
    expect(await readable()).toEqual([]);
  });
});

describe('an older copy of the database, and the ledger kept elsewhere', () => {
  let db: TestDatabase;
  const ledger = (): string => join(folder, 'elsewhere', 'erasures');
  const env = (): NodeJS.ProcessEnv => ({ DATABASE_URL: db.url, SAVOIRS_ERASURE_LEDGER: ledger() });
  const TABLES = ['keys.data_key', 'keys.identity', 'keys.erasure', 'read.personal_text'];
  /** As any tool does it that knows nothing of us. */
  const copied = async (): Promise<void> => {
    await db.pool.query('create schema older');
    for (const table of TABLES) await db.pool.query(`create table older.${table.split('.')[1]} as select * from ${table}`);
  };
  const broughtBack = async (): Promise<void> => {
    for (const table of TABLES) {
      const { rows } = await db.pool.query<{ names: string }>(
        `select string_agg(attname, ', ') as names from pg_attribute where attrelid = $1::regclass and attnum > 0 and attgenerated = '' and not attisdropped`,
        [table],
      );
      await db.pool.query(`delete from ${table}`);
      const [{ names } = { names: '' }] = rows;
      await db.pool.query(`insert into ${table} (${names}) overriding system value select ${names} from older.${table.split('.')[1]}`);
    }
  };
  beforeEach(async () => {
    db = await testDatabase();
    await open(env());
    await network();
    await exchange();
    await runtime.drain();
  });
  afterEach(async () => {
    await close();
    await db.drop();
  });

  it('bring nobody back: what the ledger has is erased again before the first key is read (R19)', async () => {
    await copied();
    await approve();
    await untilErased();
    await here.close();
    await broughtBack();
    const told: string[] = [];
    here = await openInstallation(readSettings({ ...env(), SAVOIRS_DATA: folder }), {
      clock,
      warn: (sentence) => void told.push(sentence),
    });
    expect(told).toContainEqual(expect.stringContaining('2 erasures of the ledger'));
    expect(await readable()).toEqual([]);
    await restart();
    await runtime.drain();
    expect(await readable()).toEqual([]);
    expect(JSON.stringify((await here.codec.reveal((await stored()).find(({ stream }) => stream === `member-${bo}`)!)).data)).toContain(
      'Bo Example',
    );
  });

  it('leave an erasure waiting where the ledger cannot be written, and it says why (R19)', async () => {
    await approve();
    const kept = readFileSync(ledger(), 'utf8');
    rmSync(ledger());
    mkdirSync(ledger());
    const told: string[] = [];
    const waiting = createApplication({ ...here.ports, onWaiting: (sentence) => void told.push(sentence) });
    const ids = { network: lyon, commandId: randomUUID() as CommandId, correlationId: 'c', causationId: 'c' };
    expect(await waiting.execute({ type: 'ErasePersonalData', data: { memberId: ana, ground: 'approved' } }, ids, now)).toBe('done');
    expect(told).toEqual([expect.stringContaining('could not be entered in the erasure ledger, and nothing was destroyed')]);
    expect((await stored()).map(({ type }) => type)).not.toContain('PersonalDataErased');
    expect(await readable()).toEqual([NAME, COMMENT]);
    rmSync(ledger(), { recursive: true });
    writeFileSync(ledger(), kept);
    await untilErased();
    expect(await readable()).toEqual([]);
  });
});

describe('the files of the server after an erasure', () => {
  const home = (): string => {
    const pointer = join(folder, 'postgres', 'location');
    return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(folder, 'postgres');
  };
  const filesWith = (canary: Buffer): readonly string[] =>
    readdirSync(home(), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => existsSync(file) && readFileSync(file).includes(canary));

  afterEach(async () => {
    const place = home();
    await close();
    rmSync(place, { recursive: true, force: true });
  });

  it('hold nothing of it, the write-ahead log neither (R19, case 29)', async () => {
    await open({});
    await network();
    await exchange();
    await runtime.drain();
    const { rows } = await here.pool.query<{ wrapped: Buffer }>(`select wrapped from keys.data_key where member = 'ana'`);
    const canaries = [Buffer.from(NAME, 'utf8'), Buffer.from(COMMENT, 'utf8'), rows[0]!.wrapped];
    await here.pool.query('checkpoint');
    for (const canary of canaries) expect(filesWith(canary).some((file) => file.includes('pg_wal'))).toBe(true);
    await approve();
    await untilErased();
    for (const canary of canaries) expect(filesWith(canary)).toEqual([]);
  });
});
