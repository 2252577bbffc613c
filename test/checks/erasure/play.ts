import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandId } from '#kernel/id';
import { createApplication } from '#application/create-application';
import { uuidV5 } from '#application/dispatch/derived-ids';
import { takeBackup } from '#backup/take-backup';
import type { MemberId } from '#domain/ids';
import { KeysProblem } from '#keys/keys-problem';
import type { LedgerFile } from '#keys/ledger-file';
import { lyon } from '#testing/network-facts';
import { Killed, observed, type When } from '../erasure-races/steps';
import type { Finding, Report } from '../runner/schedules';
import { rightly, type Altered, type ErasureHarness, type ErasureProcess } from './harness';
import { lookAtCutLedger, lookBefore, lookInFiles, lookThrough, type Count } from './invariants';
import { faultless, type ErasureMutant } from './mutants';
import { bringBack, copyTables } from './older-copy';
import { populate, type Drawn, type KilledAt, type Population } from './population';

/** Orders of the enrolment's process, each two minutes after the one before. */
const ATTEMPTS = 8;

/** Populations of one installation: some of each erased, looked for everywhere, and brought back by an older copy of the keys. */
export const play = async (harness: ErasureHarness, drawn: readonly Drawn[], mutant: ErasureMutant = faultless): Promise<Report> => {
  const first = await harness.start(rightly);
  const populations: Population[] = [];
  for (const one of drawn) populations.push(await populate(harness, first, one));
  await harness.project(first.codec);
  await mutant.before(harness);
  await harness.pool.query('analyze'); // as the server does by itself, when it likes: it keeps samples of what columns hold
  await harness.pool.query('checkpoint'); // in the write-ahead log alone, a key may be cut in two by the head of a page
  const findings: Finding<Count>[] = [...(await lookBefore(harness, populations))];
  await eraseAndLook(harness, populations, { mutant, tell: (found) => void findings.push(...found) }).catch((fault: unknown) => {
    if (!(fault instanceof KeysProblem)) throw fault;
    findings.push({ count: 'stuck', what: 'a process does not start with the ledger that there is' });
  });
  return { seed: drawn[0]!.seed, findings, figures: figuresOf(populations) };
};

const figuresOf = (populations: readonly Population[]) => ({
  populations: populations.length,
  erased: populations.flatMap(({ erased }) => erased).length,
  texts: populations.flatMap(({ gone, stay }) => [...gone, ...stay]).length,
});

interface ErasureRound {
  readonly mutant: ErasureMutant;
  readonly tell: (found: readonly Finding<Count>[]) => void;
}

const eraseAndLook = async (harness: ErasureHarness, populations: readonly Population[], round: ErasureRound): Promise<void> => {
  const { mutant, tell } = round;
  const older = await copyTables(harness.pool);
  for (const population of populations) {
    if (!(await eraseAll(harness, population, mutant)))
      tell([{ count: 'stuck', what: `seed ${population.seed}: things went on, and an erasure did not end` }]);
    await mutant.leak(harness, population);
  }
  tell(await lookAfter(harness, populations, mutant));
  await bringBack(harness.pool, older);
  tell(await lookAfter(harness, populations, mutant));
  tell(await lookAtCutLedger(harness, mutant.altered));
};

/** A process starts, read models go on, a backup is made: what is there then? */
const lookAfter = async (
  harness: ErasureHarness,
  populations: readonly Population[],
  { altered }: ErasureMutant,
): Promise<readonly Finding<Count>[]> => {
  const { pool, clock, backups } = harness;
  const fresh = await harness.start(altered);
  await harness.project(fresh.codec);
  const folder = join(backups, `of-${populations[0]!.seed}`);
  await takeBackup({ pool, folder, keysFile: null, clock, signal: new AbortController().signal });
  const found = [...(await lookThrough(harness, fresh, populations)), ...(await lookInFiles(harness, populations))];
  await rm(folder, { recursive: true });
  return found;
};

/** Kills once, wherever the erasures come to that place first. */
const killer = (at: KilledAt | null) => {
  let left = at;
  return async (step: KilledAt['step'], when: When): Promise<void> => {
    if (left?.step !== step || left.when !== when) return;
    left = null;
    throw new Killed();
  };
};

type OnStep = ReturnType<typeof killer>;

const killing = ({ altered }: ErasureMutant, onStep: OnStep): Altered => ({
  ...altered,
  ledger: (right) => {
    const ledger: LedgerFile = altered.ledger(right);
    const enter: LedgerFile['enter'] = async (...of) => {
      await onStep('enter', 'before');
      const at = await ledger.enter(...of);
      await onStep('enter', 'after');
      return at;
    };
    return { ...ledger, enter };
  },
});

const eraseAll = async (harness: ErasureHarness, population: Population, mutant: ErasureMutant): Promise<boolean> => {
  const onStep = killer(population.kill);
  for (const member of population.erased) if (!(await untilErased(harness, { member, mutant, onStep }))) return false;
  return true;
};

interface Erasing {
  readonly member: MemberId;
  readonly mutant: ErasureMutant;
  readonly onStep: OnStep;
}

/** The order is given again and again, by a process that starts anew where one was killed. */
const untilErased = async (harness: ErasureHarness, { member, mutant, onStep }: Erasing): Promise<boolean> => {
  const commandId = uuidV5('0192f0c1-0000-7000-8000-000000000001', `erase ${member}`) as CommandId;
  const ids = { network: lyon, commandId, correlationId: commandId, causationId: commandId };
  let process: ErasureProcess | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    process ??= await harness.start(killing(mutant, onStep));
    const application = createApplication({ ...observed(mutant.ports(process.ports), onStep), clock: harness.clock });
    await application
      .execute({ type: 'ErasePersonalData', data: { memberId: member, ground: 'approved' } }, ids, harness.clock.now())
      .catch((fault: unknown) => {
        if (!(fault instanceof Killed)) throw fault;
        process = null;
      });
    for await (const { type } of harness.log.readStream(`member-${member}` as never, { direction: 'backwards', limit: 1 }))
      if (type === 'PersonalDataErased') return true;
    harness.clock.pass(2);
  }
  return false;
};
