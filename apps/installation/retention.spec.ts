import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandId, Instant } from '#kernel/id';
import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, RetentionRunId } from '#domain/ids';
import { defaultPolicy } from '#domain/network/policy';
import type { DomainActor } from '#domain/vocabulary';
import { ERASED } from '#event-store/codec.port';
import { START, type StoredEvent } from '#event-store/log.port';
import type { Runtime } from '#read-store/subscriptions/runtime';
import { profile } from '#testing/content';
import { writeComment, writeEvent, writeExchange } from '#testing/histories/exchange-on-log';
import { lyon } from '#testing/network-facts';
import { ana, asDataProtectionOfficer, asNetworkLead, bo, cleo } from '#testing/people';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { openInstallation, type Installation } from './installation';
import { readSettings } from './settings';

const COMMENT = 'Quetzalcoatlus';
const NAME = 'Cléo Pterodactyle';
const exchangeId = 'long-over' as ExchangeId;
const recent = 'just-over' as ExchangeId;
const runId = 'run-1' as RetentionRunId;
const periods = { exchangeTextsMonths: 24, goneMembersMonths: 36 };

let db: TestDatabase;
let folder: string;
let here: Installation;
let runtime: Runtime;
let now = '2029-03-02T09:00:00.000Z' as Instant;

const at = (moment: string): void => void (now = moment as Instant);
const later = (minutes: number): void => at(new Date(Date.parse(now) + minutes * 60_000).toISOString());
const give = async (order: SentCommand, by: DomainActor): Promise<void> => {
  const outcome = await here.application.dispatcher.dispatch(order, { networkId: lyon, by, commandId: randomUUID() as CommandId });
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
};
const stored = async (): Promise<readonly StoredEvent[]> => {
  const all: StoredEvent[] = [];
  for await (const event of here.log.readAll({ after: START })) all.push(event);
  return all;
};
const types = async (): Promise<readonly string[]> =>
  (await stored()).map(({ type }) => type).filter((type) => type.startsWith('Retention'));
const readable = async (): Promise<readonly string[]> => {
  const revealed = await Promise.all((await stored()).map(async (event) => JSON.stringify((await here.codec.reveal(event)).data)));
  const { rows } = await here.pool.query<{ text: string }>('select text from read.personal_text');
  const all = [...revealed, ...rows.map(({ text }) => text)];
  return [COMMENT, NAME].filter((canary) => all.some((text) => text.includes(canary)));
};
/** Every byte of the table of clear texts, as the server's files hold them. */
const bytesHold = async (word: string): Promise<boolean> => {
  const { rows } = await here.pool.query<{ there: boolean }>(
    `select position(convert_to($1, 'UTF8') in pg_read_binary_file(pg_relation_filepath('read.personal_text'))) > 0 as there`,
    [word],
  );
  return rows[0]!.there;
};
/** A process begins, and takes over what another left. */
const begin = async (): Promise<void> => void (runtime = await here.startRuntime({ mode: 'driven' }));
const goOn = async (): Promise<void> => {
  await runtime.drain();
  await runtime.fireDue();
  await runtime.drain();
  later(3);
};
const untilOver = async (runs = 1): Promise<void> => {
  for (let step = 0; step < 10; step += 1) {
    if ((await types()).filter((type) => type === 'RetentionRun').length === runs) return;
    await goOn();
  }
  throw new Error('the run never ended');
};
const exchange = async (id: ExchangeId, comment: string, on: string): Promise<void> => {
  const writing = { log: here.log, codec: here.codec, network: lyon, at: on as Instant };
  await writeExchange(writing, { exchangeId: id, giver: ana, learners: [bo] });
  await writeComment(writing, id, { by: bo, text: comment });
  await writeEvent(writing, 'ExchangeClosed', { stream: `exchange-${id}`, by: ana, data: { exchangeId: id, networkId: lyon } });
};

/** An exchange that was over three years ago, Cleo who left then, and an exchange that was over in April 2027; it is March 2029. */
beforeEach(async () => {
  [db, folder] = [await testDatabase(), mkdtempSync(join(tmpdir(), 'savoirs-retention-'))];
  chmodSync(folder, 0o755);
  at('2029-03-02T09:00:00.000Z');
  const settings = readSettings({ DATABASE_URL: db.url, SAVOIRS_DATA: folder });
  here = await openInstallation(settings, { clock: { now: () => now }, warn: () => undefined });
  const opening = { networkId: lyon, label: 'Lyon', timeZone: 'Europe/Paris', defaultLanguage: 'fr', policy: defaultPolicy } as const;
  await give({ type: 'OpenNetwork', data: opening }, asNetworkLead());
  const ofCleo = { stream: `member-${cleo}`, by: cleo };
  const writing = { log: here.log, codec: here.codec, network: lyon, at: '2026-03-02T09:00:00.000Z' as Instant };
  const requested = { memberId: cleo, profile: profile({ name: NAME }), entry: 'self', confirmBy: null, offers: [], requests: [] } as const;
  await writeEvent(writing, 'MembershipRequested', { ...ofCleo, data: requested });
  await writeEvent(writing, 'MemberLeft', { ...ofCleo, data: { memberId: cleo, reason: null } });
  await exchange(exchangeId, COMMENT, '2026-03-02T09:00:00.000Z');
  await exchange(recent, 'Archaeopteryx', '2027-04-10T09:00:00.000Z');
  await begin();
  await goOn();
});
afterEach(async () => {
  await runtime.stop();
  await here.close();
  rmSync(folder, { recursive: true, force: true });
  await db.drop();
});

describe('retention', () => {
  it('ends nothing by itself before somebody has looked and started it (R19)', async () => {
    at('2029-04-02T09:00:00.000Z');
    await goOn();
    expect(await types()).toEqual([]);
    expect(await readable()).toEqual([COMMENT, NAME]);
  });

  it('ends texts and people that were kept for as long as the policy says, in keys, tables and files, and no others (R19)', async () => {
    await here.pool.query('checkpoint');
    expect(await bytesHold(COMMENT)).toBe(true);
    await give({ type: 'StartRetentionRun', data: { networkId: lyon, runId, ...periods } }, asDataProtectionOfficer());
    await untilOver();
    expect(await types()).toEqual(['RetentionRunStarted', 'RetentionApplied', 'RetentionRun']);
    const [run] = (await stored()).filter(({ type }) => type === 'RetentionRun');
    expect(here.codec.decode(run!).data).toMatchObject({ runId, erased: 2, kinds: { exchanges: 1, incidents: 0, members: 1 } });
    expect(await readable()).toEqual([]);
    expect(await bytesHold(COMMENT)).toBe(false);
    const comments = (await stored()).filter(({ type }) => type === 'EvaluationSubmitted');
    const [old, young] = await Promise.all(comments.map((event) => here.codec.reveal(event)));
    expect(old).toMatchObject({ data: { form: { comment: ERASED, overall: expect.any(Number) as number } } });
    expect(young).toMatchObject({ data: { form: { comment: 'Archaeopteryx' } } });
  });

  it('leaves its lines in the ledger of erasures, by which a restored older backup of the keys erases them again (R19)', async () => {
    await give({ type: 'StartRetentionRun', data: { networkId: lyon, runId, ...periods } }, asDataProtectionOfficer());
    await untilOver();
    const ledger = await here.keys.erasures();
    expect(ledger.map(({ member, stream }) => member ?? stream).sort()).toEqual([
      ...[cleo, `exchange-${exchangeId}`, `match-match-of-${exchangeId}`].sort(),
    ]);
  });

  it('goes on where it stood after its process ended, and is recorded once (R22)', async () => {
    await give({ type: 'StartRetentionRun', data: { networkId: lyon, runId, ...periods } }, asDataProtectionOfficer());
    await goOn();
    expect(await types()).toEqual(['RetentionRunStarted']);
    await runtime.stop();
    await begin();
    await untilOver();
    await goOn();
    expect(await types()).toEqual(['RetentionRunStarted', 'RetentionApplied', 'RetentionRun']);
  });

  it('runs each month from then on, until the policy changes (R19)', async () => {
    await give({ type: 'StartRetentionRun', data: { networkId: lyon, runId, ...periods } }, asDataProtectionOfficer());
    await untilOver();
    at('2029-05-01T09:00:00.000Z');
    await untilOver(2);
    const runs = (await stored()).filter(({ type }) => type === 'RetentionRun').map((event) => here.codec.decode(event).data);
    expect(runs.at(-1)).toMatchObject({ erased: 1, kinds: { exchanges: 1, incidents: 0, members: 0 } });
    await give({ type: 'ChangePolicy', data: { networkId: lyon, changes: { exchangeTextsMonths: 12 } } }, asNetworkLead());
    at('2029-06-02T09:00:00.000Z');
    await goOn();
    expect((await types()).filter((type) => type === 'RetentionRunStarted')).toHaveLength(2);
  });
});
