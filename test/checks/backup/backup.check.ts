import type { Check, CheckResult, CheckRun } from '../check';
import { onGround, type Ground } from './ground';
import { COUNTS } from './judge';
import { Moments } from './killed';
import { Life } from './life';
import { testBackupCheck } from './planted';
import { playRound, type Play, type Round } from './round';
import { Source } from './source';

export const beginPlay = async (ground: Ground, { seed, sizes }: CheckRun): Promise<Play> => ({
  ground,
  life: await Life.begin(ground.world, { seed, members: sizes['members'] ?? 6 }),
  source: new Source(ground.world.installation),
  seed,
  taking: new Moments(),
  restoring: new Moments(),
});

const resultOf = (rounds: readonly Round[], died: readonly string[], acknowledged: number): CheckResult => {
  const findings = [...died, ...rounds.flatMap((round) => [...round.findings, ...round.tornAccepted, ...round.verdict.findings])];
  const sum = (of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0);
  const counts = Object.fromEntries(COUNTS.map((name) => [name, sum(({ verdict }) => verdict.counts[name])]));
  return {
    counts: {
      ...counts,
      tornAccepted: sum(({ tornAccepted }) => tornAccepted.length),
      differences: (counts['differences'] ?? 0) + died.length + sum((round) => round.findings.length),
    },
    figures: {
      acknowledged,
      events: rounds.at(-1)?.events ?? 0,
      killedBackups: sum(({ killedBackups }) => killedBackups),
      killedRestores: sum(({ killedRestores }) => killedRestores),
    },
    findings,
  };
};

const run = (asked: CheckRun): Promise<CheckResult> =>
  onGround(asked.signal, async (ground) => {
    const play = await beginPlay(ground, asked);
    const rounds: Round[] = [];
    for (let index = 0; index < asked.count && !asked.signal.aborted; index += 1) {
      const began = Date.now();
      const round = await playRound(play, index);
      rounds.push(round);
      const told = [...round.findings, ...round.tornAccepted, ...round.verdict.findings];
      asked.progress(
        `backup ${index + 1} of ${asked.count}: ${round.events} events, ${Math.round((Date.now() - began) / 1000)} s${told.length === 0 ? '' : `; ${told.length} findings: ${told[0]}`}`,
      );
    }
    return resultOf(rounds, ground.world.diedAlone(), play.life.ledger.given.filter(({ outcome }) => outcome === 'done').length);
  });

export const backupCheck: Check = {
  name: 'backup',
  about:
    'backups taken under load and restored elsewhere, some of both killed midway: whole prefixes with all that was acknowledged before, or refused; count: backups',
  defaultCount: 50,
  logs: ['postgres'],
  sizes: { members: 6 },
  run,
  selfTest: testBackupCheck,
};
