import { createRoundExplainer } from '#application/round/round-explainer';
import type { AskedExplanation, Explanation, NotExplained } from '#application/round-explainer.port';
import { readRound } from '#application/round/recorded-round';
import type { NetworkId, RoundId } from '#domain/ids';
import type { Installation } from '../../installation/installation';
import { untilStopped } from '../audit/stopping';
import { say } from '../output';
import { badData } from '../usage';

const SENTENCES: Readonly<Record<NotExplained, string>> = {
  'not-found': 'There is no such round in this log.',
  'not-completed': 'It is not recorded whole, and so cannot be explained. Send its request again, under its Idempotency-Key.',
  undated: 'It was recorded before rounds told as of when they judge, and so cannot be explained.',
  rings: 'This network wants rings alone, where one change moves many: what would serve more is not told.',
};

/** What it rests on, where that is not what the round itself read and was solved by. */
const warned: Readonly<Partial<Record<Explanation['basis'], string>>> = {
  'texts-erased': 'Words of some entries were erased since (R19): this is what can be said without them.',
  'inputs-differ': 'What the round read cannot be read again as it was: this is near it.',
  'other-solver': 'Another solver made the round: this is what the present one would have found over the same inputs.',
};

/** In this process, with a bar; Ctrl-C stops it. @throws CliProblem */
const explained = async (
  { ports }: Installation,
  asked: AskedExplanation,
  show: (explanation: Explanation) => Promise<void>,
): Promise<void> => {
  const explainer = createRoundExplainer({ ...ports, source: ports.roundInputs });
  await untilStopped('Stopped before the end: nothing is explained.', async (signal, progress) => {
    const tell = (done: number, of: number): void => progress.show(done / of, `${done} of ${of} rounds solved`);
    const answer = await explainer.explain(asked, { signal, tell });
    progress.end();
    if (typeof answer === 'string') throw badData(SENTENCES[answer]);
    const warning = warned[answer.basis];
    if (warning !== undefined) say(warning);
    await show(answer);
  });
};

/** A recorded round says itself whose it is. @throws CliProblem */
export const explainedRound = async (
  installation: Installation,
  roundId: RoundId,
  show: (explanation: Explanation) => Promise<void>,
): Promise<void> => {
  const round = await readRound(installation.ports, roundId);
  if (!round) throw badData(SENTENCES['not-found']);
  await explained(installation, { networkId: round.started.networkId, roundId }, show);
};

/** @throws CliProblem */
export const explainedToday = async (
  installation: Installation,
  networkId: NetworkId,
  show: (explanation: Explanation) => Promise<void>,
): Promise<void> => {
  if (!(await installation.application.facts.of(networkId))) throw badData(`There is no network ${networkId} here.`);
  await explained(installation, { networkId, roundId: null }, show);
};
