import { randomUUID } from 'node:crypto';
import type { Instant } from '#kernel/id';
import { isDemoClock } from '#apps/demo/demo-clock';
import type { Installation } from '#apps/installation/installation';
import { memberPageModel } from '#projections/member-page/member-page.table';
import { quotedTable, READ_SCHEMA } from '#read-store/tables/table-names';
import type { Check, CheckResult, CheckRun, Caught } from '../runner/check';
import { differencesOf } from '../runner/differences';
import { refuseSelfTest, tellEventStore } from '../runner/event-store';
import { plantEach, type Mutant } from '../runner/self-test';
import { roundsElsewhere } from './rounds-elsewhere';
import { play, type PlayedLog, type PlaySetup } from './harness';

/** As a demo is played; and as anything else runs, in the time zone farthest away. */
const ONE: PlaySetup = { onlyWriter: true, timeZone: 'UTC' };
const OTHER: PlaySetup = { onlyWriter: false, timeZone: 'Pacific/Kiritimati' };

/** EventStoreDB's log is held against PostgreSQL's; any other against another of its kind. */
const firstOf = ({ log }: CheckRun): PlaySetup => (log === 'eventstoredb' ? { ...ONE, log: 'postgres' } : ONE);

/** In the same order, too. */
const inOrder = (lines: readonly string[]): readonly string[] => lines.map((line, index) => `${index} ${line}`);

const between = (one: PlayedLog, other: PlayedLog): readonly string[] => {
  const sides = ['the first play', 'the second play'] as const;
  return [
    ...differencesOf(inOrder(one.log), inOrder(other.log), sides),
    ...differencesOf(inOrder(one.readModels), inOrder(other.readModels), sides),
    ...differencesOf(one.besides, other.besides, sides),
  ];
};

const fromZero = ({ readModels, rebuilt }: PlayedLog): readonly string[] =>
  differencesOf(inOrder(readModels), inOrder(rebuilt), ['the live read models', 'those from zero']);

/** Each seed twice: the same log, and the same read models, live and from zero; and its rounds on machines that are set otherwise. */
const run = async (asked: CheckRun): Promise<CheckResult> => {
  if (asked.log === 'eventstoredb') tellEventStore(asked.progress);
  const findings: string[] = [];
  const figures = { events: 0, rows: 0 };
  for (let n = 0; n < asked.count; n += 1) {
    const own = { ...asked, seed: asked.seed + n };
    asked.progress(`seed ${own.seed}: the first play`);
    const one = await play(own, firstOf(asked));
    asked.progress(`seed ${own.seed}: the second play, after ${one.log.length} events`);
    const other = await play(own, OTHER);
    findings.push(...between(one, other), ...fromZero(one), ...fromZero(other), ...(await roundsElsewhere(own)));
    figures.events += one.log.length;
    figures.rows += one.readModels.length;
    if (one.log.length === 0 || one.readModels.length === 0) findings.push(`seed ${own.seed}: nothing was played`);
  }
  return { counts: { differences: findings.length }, figures, findings };
};

/** Lets the real time in by the last three digits. */
const leakingClock = (installation: Installation): Installation => {
  const { clock } = installation;
  if (!isDemoClock(clock)) throw new Error('a play needs a clock that can be set');
  const { now } = clock;
  const leaking = (): Instant => `${now().slice(0, -4)}${String(Math.floor(performance.now() % 1000)).padStart(3, '0')}Z` as Instant;
  return { ...installation, clock: Object.assign(clock, { now: leaking }) };
};

const randomMembers = (installation: Installation): Installation => {
  const { keys } = installation;
  const register: typeof keys.register = (network, subject) => keys.register(network, subject, randomUUID());
  return { ...installation, keys: Object.assign(Object.create(keys) as typeof keys, { register }) };
};

const editing =
  (sql: string): NonNullable<PlaySetup['after']> =>
  ({ pool }) =>
    pool.query(sql);

const page = quotedTable(memberPageModel.projection);

const MUTANTS: readonly (Mutant & Pick<PlaySetup, 'spoil' | 'after'> & { readonly rounds?: 'spoilt' })[] = [
  { bug: 'a round tells a time in the words of its machine', rounds: 'spoilt' },
  { bug: 'a decision reads the time of the machine', spoil: leakingClock },
  { bug: 'an id is drawn by lot', spoil: randomMembers },
  {
    bug: 'a row is not as its fold made it',
    after: editing(`update ${page} set row = replace(row, '"capacity":', '"capacity":1') where kind = 'member'`),
  },
  { bug: 'a row is missing', after: editing(`delete from ${page} where key = (select max(key) from ${page})`) },
  {
    bug: 'a row rests on other facts',
    after: editing(`delete from ${READ_SCHEMA}.evidence where ordinals = (select max(ordinals) from ${READ_SCHEMA}.evidence)`),
  },
];

const selfTest = async (asked: CheckRun): Promise<readonly Caught[]> => {
  if (asked.log === 'eventstoredb') {
    refuseSelfTest();
    tellEventStore(asked.progress);
  }
  const one = await play(asked, firstOf(asked));
  return plantEach(MUTANTS, asked, async (mutant) => {
    if (mutant.rounds) return (await roundsElsewhere(asked, mutant.rounds)).length > 0 ? ['differences'] : [];
    const other = await play(asked, { ...ONE, ...mutant });
    return between(one, other).length + fromZero(other).length > 0 ? ['differences'] : [];
  });
};

export const determinismCheck: Check = {
  name: 'determinism',
  about:
    'the same demo seed on two empty databases, or on two kinds of log: the same log and read models, and from zero; and the same rounds whatever the language, the time zone and the Node (--node); count: seeds',
  defaultCount: 1,
  logs: ['postgres', 'memory', 'eventstoredb'],
  sizes: { members: 120, months: 3 },
  onNodes: true,
  run,
  selfTest,
};
