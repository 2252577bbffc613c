import { randomUUID } from 'node:crypto';
import { seededRandom } from '#apps/demo/seeded-random';
import { memberPageModel } from '#projections/member-page/member-page.table';
import { quotedTable, READ_SCHEMA } from '#read-store/tables/table-names';
import type { EventLog } from '#event-store/log.port';
import type { LogKind } from '../runner/check';
import type { Mutant } from '../runner/self-test';
import { enrol } from './behaviours';
import type { Ledger } from './ledger';
import { createPerson } from './person';
import { withDuplicate, withoutLast } from './altered-log';
import type { CrashHarness } from './harness';

export interface MutantSite {
  readonly harness: CrashHarness;
  readonly ledger: Ledger;
  readonly seed: number;
  /** The log as the judge sees it, where a bug cannot be written into the real one. */
  view: (log: EventLog) => EventLog;
}

/** A bug of the product, as it would look afterwards. */
export interface CrashMutant extends Mutant {
  /** The count that must tell. */
  readonly by: 'lost' | 'doubled' | 'differences';
  /** Default: each. */
  readonly log?: LogKind;
  /** Answers how to take it back. */
  readonly alter: (site: MutantSite) => Promise<() => Promise<unknown>>;
}

type Sql = readonly [text: string, values?: readonly unknown[]];

const run = async ({ installation }: CrashHarness, ...statements: readonly Sql[]): Promise<void> => {
  for (const [text, values = []] of statements) {
    const { rowCount, command } = await installation.pool.query(text, [...values]);
    if (rowCount === 0 && command !== 'CREATE' && command !== 'DROP') throw new Error(`nothing to plant a bug in: ${text}`);
  }
};

const KEPT = `${READ_SCHEMA}.kept_by_check`;

/** Keeps the rows of `from` aside, alters them, and puts them back as they were. */
const altering =
  (table: string, from: string, alter: string, columns = '*'): CrashMutant['alter'] =>
  async ({ harness }) => {
    await run(harness, [`create table ${KEPT} as select ${columns} from ${table} where ${from}`], [alter]);
    const into = columns === '*' ? '' : `(${columns})`;
    const back = `insert into ${table} ${into} select * from ${KEPT} on conflict do nothing`;
    return () => run(harness, [back], [`drop table ${KEPT}`]);
  };

const gone = (table: string, where: string, columns?: string): CrashMutant['alter'] =>
  altering(table, where, `delete from ${table} where ${where}`, columns);

const COLUMNS = 'position, revision, version, event_id, stream, type, meta, data';
const PAGES = quotedTable(memberPageModel.projection);
const A_PAGE = `${PAGES} where key = (select min(key) from ${PAGES} where kind = 'member')`;
const lastOf = (type: string): string => `(select max(position) from log.events where type = '${type}')`;

const away = async ({ projector }: CrashHarness, work: () => Promise<void>): Promise<() => Promise<void>> => {
  await projector.stop();
  await work();
  return async () => projector.start();
};

/** The same decision once more, under other event ids, as a retry that was not recognised would write it. */
const writtenTwice: CrashMutant['alter'] = async ({ harness }) => {
  const id = randomUUID();
  const start = await away(harness, () =>
    run(harness, [
      `insert into log.events (${COLUMNS})
       select (select max(position) from log.events) + 1, (select max(revision) from log.events o where o.stream = e.stream) + 1,
         version, $1::uuid, stream, type, replace(meta, event_id::text, $1::text), data from log.events e where position = ${lastOf('CharterAccepted')}`,
      [id],
    ]),
  );
  return async () => {
    await run(harness, ['delete from log.events where event_id = $1', [id]]);
    await start();
  };
};

const seeing =
  (view: MutantSite['view']): CrashMutant['alter'] =>
  (site) => {
    site.view = view;
    return Promise.resolve(async () => void (site.view = (log) => log));
  };

/** While the projector is dead, its checkpoint goes on without it: as if it committed that before what it stands for. */
const checkpointFirst =
  (consumer: string): CrashMutant['alter'] =>
  async ({ harness, ledger, seed }) => {
    const { installation, projector } = harness;
    const move = (to: string): Promise<void> =>
      run(harness, [`update ${READ_SCHEMA}.projection set position = $2 where name = $1`, [consumer, to]]);
    const before = await installation.log.head();
    const start = await away(harness, async () => {
      const chance = seededRandom(seed, consumer);
      await enrol(await createPerson(`late-${consumer}`, ['member'], { harness, ledger, chance }), chance);
      await move(await installation.log.head());
    });
    await start();
    return async () => {
      await projector.stop();
      await move(before);
      projector.start();
    };
  };

/** They say done, and have written nothing. */
const emptyWord: CrashMutant['alter'] = async ({ ledger }) => {
  ledger.given.push({ ...ledger.given.find(({ outcome }) => outcome === 'done')!, key: 'never-sent', mayDoNothing: false });
  return async () => void ledger.given.pop();
};

/** Forgets the key of a command whose answer was lost, and gives it anew. */
const freshKeys: CrashMutant['alter'] = async ({ harness, ledger, seed }) => {
  const chance = seededRandom(seed, 'forgetful');
  const lead = await createPerson('forgetful-lead', ['network-lead'], { harness, ledger, chance, freshKeys: true });
  for (let charter = 0; charter < 8; charter += 1) await lead.give('POST', 'charter', { text: { fr: `Charte ${charter}` } });
  return () => Promise.resolve();
};

/** One by one; the last cannot be taken back. */
export const MUTANTS: readonly CrashMutant[] = [
  { bug: 'an answer says done, and nothing was written', by: 'lost', alter: emptyWord },
  {
    ...{ bug: 'an acknowledged event is gone', by: 'lost', log: 'postgres' },
    alter: gone('log.events', `position = ${lastOf('MemberEnrolled')}`, COLUMNS),
  },
  { bug: 'a decision is written twice', by: 'doubled', log: 'postgres', alter: writtenTwice },
  { bug: 'an acknowledged event is gone', by: 'lost', log: 'eventstoredb', alter: seeing(withoutLast('MemberEnrolled')) },
  { bug: 'a decision is written twice', by: 'doubled', log: 'eventstoredb', alter: seeing(withDuplicate('CharterAccepted')) },
  {
    bug: 'a row of a read model is not as its fold made it',
    by: 'differences',
    alter: async ({ harness }) => {
      await run(harness, [`update ${A_PAGE.replace(' where', ` set row = replace(row, 'LYON', 'NANTES') where`)}`]);
      return () => run(harness, [`update ${A_PAGE.replace(' where', ` set row = replace(row, 'NANTES', 'LYON') where`)}`]);
    },
  },
  { bug: 'a due time is gone', by: 'differences', alter: gone(`${READ_SCHEMA}.due`, `name = 'review'`) },
  {
    bug: 'a clear text is missing',
    by: 'differences',
    alter: gone(
      `${READ_SCHEMA}.personal_text`,
      `ref = (select min(ref) from ${READ_SCHEMA}.personal_text)`,
      'ref, event_id, path, network, owner, stream, type, text, recorded_at',
    ),
  },
  { bug: 'a checkpoint is committed before its rows', by: 'differences', alter: checkpointFirst('member-page') },
  {
    bug: 'a process’s checkpoint is committed before its commands are answered',
    by: 'differences',
    alter: checkpointFirst('process/enrolment'),
  },
  { bug: 'a command is given again under a fresh key', by: 'doubled', alter: freshKeys },
];
