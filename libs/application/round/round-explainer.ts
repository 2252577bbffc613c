import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '#kernel/clock';
import { explainRound } from '#matching/explain/explain-round';
import type { RoundExplained } from '#matching/explain/explanation';
import { solverVersion } from '#matching/optimum-matcher';
import { uuidV5 } from '../dispatch/derived-ids';
import type {
  AskedExplanation,
  Explanation,
  ExplanationBasis,
  ExplanationWatch,
  NotExplained,
  RoundExplainer,
} from '../round-explainer.port';
import type { FrozenInputs, RoundInputsSource } from '../round-inputs.port';
import { inputHashOf } from './input-hash';
import { readRound, type RecordedRound, type RoundLog } from './recorded-round';
import { recordedInputs } from './replay';
import { startOfDay } from './round-runner';

export interface RoundExplainerParts extends RoundLog {
  readonly source: RoundInputsSource;
  readonly clock: Clock;
}

/** What draws between equals in a round that nobody runs: the same today for everybody. */
const TODAYS_SEED = 0;

interface Solving {
  readonly frozen: FrozenInputs;
  readonly seed: number;
  /** In whose name ids are made. */
  readonly namespace: string;
}

/** Between two steps others have their turn, and whoever stops it is heard. */
const solved = async ({ frozen, seed, namespace }: Solving, { signal, tell }: ExplanationWatch): Promise<RoundExplained> => {
  const { inputs, facts } = frozen;
  const draw = { seed, makeId: (name: string) => uuidV5(namespace, name) };
  for (const { done, of, explained } of explainRound({ inputs, policy: facts.policy }, draw)) {
    if (explained) return explained;
    tell(done, of);
    await nextTurn();
    signal.throwIfAborted();
  }
  throw new Error('an explanation ended without an answer');
};

const basisOf = ({ started }: RecordedRound, { inputs, unreadable }: FrozenInputs): ExplanationBasis => {
  if (inputHashOf(inputs) !== started.inputHash) return unreadable > 0 ? 'texts-erased' : 'inputs-differ';
  return started.solverVersion === solverVersion ? 'recorded' : 'other-solver';
};

const explainRecorded = async (
  parts: RoundExplainerParts,
  round: RecordedRound,
  watch: ExplanationWatch,
): Promise<Explanation | NotExplained> => {
  const then = recordedInputs(round);
  if (!then) return 'undated';
  if (!round.completed) return 'not-completed';
  const { roundId, seed, policyVersion } = round.started;
  const frozen = await parts.source.inputsAt(then, watch.signal);
  if (frozen.facts.policy.ringsOnly) return 'rings';
  const explained = await solved({ frozen, seed, namespace: roundId }, watch);
  return { roundId, basis: basisOf(round, frozen), asOf: then.asOf, policyVersion, seed, explained };
};

const explainPresent = async (
  { source, clock }: RoundExplainerParts,
  { networkId }: AskedExplanation,
  watch: ExplanationWatch,
): Promise<Explanation | NotExplained> => {
  const asOf = startOfDay(clock.now());
  const frozen = await source.freeze(networkId, asOf);
  if (!frozen) return 'not-found';
  if (frozen.facts.policy.ringsOnly) return 'rings';
  const explained = await solved({ frozen, seed: TODAYS_SEED, namespace: networkId }, watch);
  return { roundId: null, basis: 'present', asOf, policyVersion: frozen.facts.policyVersion, seed: TODAYS_SEED, explained };
};

/** In this thread. */
export const createRoundExplainer = (parts: RoundExplainerParts): RoundExplainer => ({
  explain: async (asked, watch) => {
    if (asked.roundId === null) return explainPresent(parts, asked, watch);
    const round = await readRound(parts, asked.roundId);
    // R23: no match reaches into another network
    if (!round || round.started.networkId !== asked.networkId) return 'not-found';
    return explainRecorded(parts, round, watch);
  },
});
