import type { Check, CheckResult, CheckRun } from '../runner/check';
import { withHarness } from './harness';
import { COUNTS } from './invariants';
import { testBackupCheck } from './self-test';
import { beginPlay, playRound, type Round } from './round';

const resultOf = (rounds: readonly Round[], died: readonly string[], acknowledged: number): CheckResult => {
  const findings = [...died, ...rounds.flatMap((round) => [...round.findings, ...round.tornAccepted, ...round.result.findings])];
  const sum = (of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0);
  const counts = Object.fromEntries(COUNTS.map((name) => [name, sum(({ result }) => result.counts[name])]));
  return {
    counts: {
      ...counts,
      tornAccepted: sum(({ tornAccepted }) => tornAccepted.length),
      differences: (counts['differences'] ?? 0) + died.length + sum((round) => round.findings.length),
    },
    figures: {
      acknowledged,
      events: sum(({ events }) => events),
      killedBackups: sum(({ killedBackups }) => killedBackups),
      killedRestores: sum(({ killedRestores }) => killedRestores),
    },
    findings,
  };
};

/** So many backups are made of one installation, one after another: then another begins, with a short log again. */
const OF_ONE = 10;

interface Played {
  readonly rounds: Round[];
  readonly died: readonly string[];
  readonly acknowledged: number;
}

const playSome = (asked: CheckRun, from: number): Promise<Played> =>
  withHarness(asked.signal, async (harness) => {
    const play = await beginPlay(harness, { ...asked, seed: asked.seed + from });
    const rounds: Round[] = [];
    for (let n = 0; n < OF_ONE && from + n < asked.count && !asked.signal.aborted; n += 1) {
      const began = Date.now();
      const round = await playRound(play, n);
      rounds.push(round);
      const told = [...round.findings, ...round.tornAccepted, ...round.result.findings];
      asked.progress(
        `backup ${from + n + 1} of ${asked.count}: ${round.events} events, ${Math.round((Date.now() - began) / 1000)} s${told.length === 0 ? '' : `; ${told.length} findings: ${told[0]}`}`,
      );
    }
    const acknowledged = play.workload.ledger.given.filter(({ outcome }) => outcome === 'done').length;
    return { rounds, died: harness.running.diedAlone(), acknowledged };
  });

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const all: Played[] = [];
  for (let from = 0; from < asked.count && !asked.signal.aborted; from += OF_ONE) all.push(await playSome(asked, from));
  return resultOf(
    all.flatMap(({ rounds }) => rounds),
    all.flatMap(({ died }) => died),
    all.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
  );
};

export const backupCheck: Check = {
  name: 'backup',
  about:
    'backups taken under load and restored elsewhere, some of both killed midway: whole prefixes with all that was acknowledged before, or refused; count: backups',
  defaultCount: 50,
  logs: ['postgres'],
  sizes: { members: 4 },
  run,
  selfTest: testBackupCheck,
};
