import { seededRandom } from '#apps/demo/seeded-random';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import { mustBeClean, plantEach } from '../runner/self-test';
import { alterations, reading } from './altered-logs';
import { forgedNotes, forkOf, rewrittenLogs } from './altered-together';
import { flippedBits } from './flipped-bits';
import { forgedProofs } from './forged-proofs';
import { forgedMiddle, splitView } from './malicious-log';
import { mutants, SMALL_LOG } from './mutants';
import { logKey, signedLog, type SignedLog } from './signed-log';
import { product, type Subject, type TamperFinding } from './subject';

const EVERY = 16;

interface Logs {
  readonly honest: SignedLog;
  readonly other: SignedLog;
  /** As the honest one up to its middle. */
  readonly forked: SignedLog;
  readonly forkedAt: number;
}

const logsOf = async ({ seed, sizes }: Pick<CheckRun, 'seed' | 'sizes'>): Promise<Logs> => {
  const events = sizes['events']!;
  const forkedAt = Math.floor(events / 2);
  const honest = await signedLog(seed, 'tamper', { events, every: EVERY });
  const other = await signedLog(seed, 'another log', { events, every: EVERY });
  return { honest, other, forked: await forkOf(seed, events, forkedAt), forkedAt };
};

/** A check of the whole log, for each alteration: told, and at the right event. */
const alteredLogs = async (subject: Subject, { honest, other }: Logs, { seed, signal }: CheckRun) => {
  const findings: TamperFinding[] = [];
  let altered = 0;
  const check = (log: ReturnType<typeof reading>) =>
    subject.checkTree({ ...{ log, store: honest.store, key: logKey, signal }, others: honest.checkpoints.map(({ note }) => note) });
  const clean = await check(reading(honest.events));
  if (clean.firstDifference !== null || clean.wrong.length > 0) findings.push({ count: 'misplaced', what: 'the log as it is' });
  for (const { what, events, first } of alterations(honest.events, other.events, seededRandom(seed, 'alterations'))) {
    if (signal.aborted) break;
    altered += 1;
    const found = await check(reading(events));
    const told = found.firstDifference;
    const areRight = found.wrong.length === 2 * honest.checkpoints.filter(({ size }) => size >= first).length;
    if (told === null) findings.push({ count: 'undetected', what });
    else if (told !== first || !areRight) findings.push({ count: 'misplaced', what: `${what}: told at ${told}` });
  }
  return { altered, findings };
};

interface Part {
  readonly told: string;
  readonly findings: readonly TamperFinding[];
  readonly figures?: Readonly<Record<string, number>>;
}

/** One part after the other, the shortest first: a self-test ends with the first that tells. */
async function* parts(subject: Subject, run: CheckRun): AsyncGenerator<Part> {
  const logs = await logsOf(run);
  const { honest, other, forked, forkedAt } = logs;
  const bits = flippedBits(subject, honest);
  yield { told: `${bits.flips} bits flipped, one at a time`, findings: bits.findings, figures: { bitsFlipped: bits.flips } };
  yield { told: 'notes forged', findings: forgedNotes(subject, honest) };
  yield { told: 'a history with another middle', findings: await forgedMiddle(subject, honest, forked, forkedAt) };
  yield { told: 'two witnesses shown two histories', findings: await splitView(subject, honest, forked, forkedAt) };
  yield { told: `${run.count} proofs changed`, findings: await forgedProofs(subject, run), figures: { forgedProofs: run.count } };
  const altered = await alteredLogs(subject, logs, run);
  yield { told: `${altered.altered} altered logs`, findings: altered.findings, figures: { alteredLogs: altered.altered } };
  yield { told: 'logs and trees altered together', findings: await rewrittenLogs(subject, honest, other) };
}

const COUNTS = ['undetected', 'misplaced', 'acceptedForged'] as const;

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const findings: TamperFinding[] = [];
  let figures: Readonly<Record<string, number>> = {};
  for await (const part of parts(product, asked)) {
    asked.progress(part.told);
    findings.push(...part.findings);
    figures = { ...figures, ...part.figures };
  }
  return {
    counts: Object.fromEntries(COUNTS.map((name) => [name, findings.filter(({ count }) => count === name).length])),
    findings: findings.map(({ count, what }) => `${count}: ${what}`),
    figures,
  };
};

/** Large enough for each planted bug to show, small enough to be played for each of them. */
const SMALL = { count: 300, sizes: { events: SMALL_LOG } };

const selfTest = async (asked: CheckRun) => {
  const small = { ...asked, ...SMALL };
  mustBeClean((await run({ ...small, progress: () => undefined })).findings);
  return plantEach(mutants, asked, async ({ faulty }) => {
    for await (const { findings } of parts({ ...product, ...faulty }, small))
      if (findings.length > 0) return [...new Set(findings.map(({ count }) => count))];
    return [];
  });
};

export const tamperCheck: Check = {
  name: 'tamper',
  about:
    'every bit of a log flipped, events swapped, taken out, doubled, cut, spliced, logs and trees altered together, notes signed by others, histories that part, proofs changed: each is told, at its place, and no forgery is taken; count: changed proofs',
  defaultCount: 100_000,
  logs: ['memory'],
  sizes: { events: 200 },
  run,
  selfTest,
};
