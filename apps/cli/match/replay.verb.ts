import { createRoundRunner } from '#application/round/round-runner';
import type { Replay, ReplayDifference } from '#application/round/replay';
import type { RoundPhase } from '#application/round-runner.port';
import type { RoundId } from '#domain/ids';
import type { Installation } from '../../installation/installation';
import { idIn } from '../audit/looks/look-base';
import { untilStopped } from '../audit/stopping';
import { printFacts } from '../data/facts';
import { withInstallation } from '../installation-of';
import { say, type Output } from '../output';
import { badData } from '../usage';
import { TableVerb } from '../verb';
import { SubCommand } from '../verb-decorators';

/** How far each phase is, of what it takes in all: more is not known. */
const FAR: Readonly<Record<RoundPhase, number>> = { waiting: 0, reading: 0.05, solving: 0.5, recording: 1 };
const SAID = 20;

const things = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const differenceSaid = ({ what, id, how }: ReplayDifference): string => {
  const thing = id === null ? `what is told as ${what}` : `${what === 'match' ? 'match' : 'request left'} ${id}`;
  return { gone: `${thing}: recorded, not found again`, new: `${thing}: found now, not recorded`, other: `${thing}: found otherwise` }[how];
};

/** What people are told, and the exit code (docs/exit-codes.md). @throws CliProblem where it cannot be compared */
const judged = ({ verdict, solver, erased, found, differences, differing }: Replay): 0 | 1 => {
  switch (verdict) {
    case 'same':
      say(
        `The same, byte for byte: ${things(found.matches, 'match', 'matches')}, ${things(found.unmatched, 'request', 'requests')} left unmatched.`,
      );
      return 0;
    case 'differs':
      say(`It comes out otherwise: ${things(differing, 'difference', 'differences')}.`);
      for (const difference of differences.slice(0, SAID)) say(`- ${differenceSaid(difference)}`);
      return 1;
    case 'inputs-erased':
      throw badData(
        `Not to be compared: the words of ${things(erased, 'entry', 'entries')} that it read were erased since (R19). Nothing says that it was wrong.`,
      );
    case 'inputs-differ':
      throw badData('Not to be compared: what it read cannot be read again from this log, as by a matching pool of another version.');
    case 'other-solver':
      throw badData(`Not to be compared: ${solver.recorded} made it, and this is ${solver.present}. Replay it with the Savoirs of then.`);
    case 'not-completed':
      throw badData('Not to be compared: it is not recorded whole. Send its request again, under its Idempotency-Key.');
    case 'undated':
      throw badData('Not to be compared: it was recorded before rounds told as of when they judge.');
  }
};

const factsOf = (roundId: RoundId, { verdict, solver, inputHash, erased, found, differing }: Replay) => ({
  roundId,
  verdict,
  recordedBy: solver.recorded,
  replayedBy: solver.present,
  inputHash: inputHash.recorded,
  inputHashAgain: inputHash.again,
  erased,
  ...found,
  differing,
});

@SubCommand({
  name: 'replay',
  arguments: '<round>',
  description: 'Run a recorded round again over what it read then, from the log, and compare byte for byte. Writes no event.',
})
export class MatchReplayVerb extends TableVerb {
  async run(given: string[], { output }: { readonly output: Output }): Promise<void> {
    this.only(given, 1);
    const roundId = idIn('a round', given[0]) as RoundId;
    await withInstallation((installation) => this.replay(installation, roundId, output));
  }

  private async replay(installation: Installation, roundId: RoundId, output: Output): Promise<void> {
    await installation.prepareReadModels();
    const { ports, application } = installation;
    const runner = createRoundRunner({ ...ports, dispatcher: application.dispatcher, source: ports.roundInputs });
    await untilStopped('Stopped before the end: nothing is compared.', async (signal, progress) => {
      const enter = async (phase: RoundPhase): Promise<void> => progress.show(FAR[phase], phase);
      const replayed = await runner.replay(roundId, { signal, enter });
      progress.end();
      if (!replayed) throw badData('There is no such round in this log.');
      printFacts(factsOf(roundId, replayed), output);
      process.exitCode = judged(replayed);
    });
  }
}
