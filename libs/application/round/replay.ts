import { canonicalJson } from '#kernel/canonical-json';
import type { Instant } from '#kernel/id';
import type { RoundResult } from '#matching/matcher';
import type { FrozenInputs, RecordedInputs } from '../round-inputs.port';
import { inputHashOf } from './input-hash';
import type { RecordedRound } from './recorded-round';
import { presentVersionOf, solveRound, type RingSolver } from './solve-round';

/** `gone`: recorded, and not found again; `new`: the other way; `other`: found again, and not the same byte for byte. */
export interface ReplayDifference {
  readonly what: 'match' | 'unmatched' | 'considered' | 'gap';
  readonly id: string | null;
  readonly how: 'gone' | 'new' | 'other';
}

/**
 * `same`, `differs`: over the same inputs by the same solver. All others say why it cannot be compared: `inputs-erased` and `inputs-differ`
 * (texts erased since; anything else), `other-solver`, `not-completed`, `undated` (recorded before rounds told as of when they judge).
 */
export type ReplayVerdict = 'same' | 'differs' | 'inputs-erased' | 'inputs-differ' | 'other-solver' | 'not-completed' | 'undated';

/** A recorded round, run again (R18). */
export interface Replay {
  readonly verdict: ReplayVerdict;
  readonly solver: { readonly recorded: string; readonly present: string };
  readonly inputHash: { readonly recorded: string; readonly again: string | null };
  /** How many offers and requests were in its inputs whose words are erased by now. */
  readonly erased: number;
  readonly found: { readonly matches: number; readonly unmatched: number };
  /** The first hundred, and how many there are. */
  readonly differences: readonly ReplayDifference[];
  readonly differing: number;
}

const SHOWN = 100;

type Named = readonly (readonly [id: string | null, value: unknown])[];

const between = (what: ReplayDifference['what'], recorded: Named, again: Named): readonly ReplayDifference[] => {
  const found = new Map(again.map(([id, value]) => [id, canonicalJson(value)]));
  const known = new Set(recorded.map(([id]) => id));
  return [
    ...recorded.flatMap(([id, value]): ReplayDifference[] => {
      const text = found.get(id);
      if (text === undefined) return [{ what, id, how: 'gone' }];
      return text === canonicalJson(value) ? [] : [{ what, id, how: 'other' }];
    }),
    ...again.flatMap(([id]): ReplayDifference[] => (known.has(id) ? [] : [{ what, id, how: 'new' }])),
  ];
};

const matchesOf = ({ matches }: Pick<RoundResult, 'matches'>): Named => matches.map((match) => [match.matchId, match]);
const leftOf = ({ unmatched }: Pick<RoundResult, 'unmatched'>): Named => unmatched.map((left) => [left.requestId, left]);

type Completed = RecordedRound & { readonly completed: NonNullable<RecordedRound['completed']> };

const differencesOf = (recorded: Completed, again: RoundResult): readonly ReplayDifference[] => [
  ...between('match', matchesOf(recorded), matchesOf(again)),
  ...between('unmatched', leftOf(recorded), leftOf(again)),
  ...between('considered', [[null, recorded.completed.considered]], [[null, again.considered]]),
  ...between('gap', [[null, recorded.completed.gap]], [[null, again.gap]]),
];

/** Null: it does not tell as of when it judged. */
export const recordedInputs = ({ started, startedAt }: RecordedRound): RecordedInputs | null =>
  started.asOf === null ? null : { ...started, asOf: started.asOf as Instant, startedAt };

const untried = ({ started, matches, unmatched }: RecordedRound, verdict: ReplayVerdict): Replay => ({
  verdict,
  solver: { recorded: started.solverVersion, present: presentVersionOf(started.solverVersion) },
  inputHash: { recorded: started.inputHash, again: null },
  erased: 0,
  found: { matches: matches.length, unmatched: unmatched.length },
  differences: [],
  differing: 0,
});

/** Why it need not be tried; null: it can be. */
export const notComparable = (round: RecordedRound): Replay | null => {
  if (round.started.asOf === null) return untried(round, 'undated');
  if (round.completed === null) return untried(round, 'not-completed');
  const { solverVersion } = round.started;
  return solverVersion === presentVersionOf(solverVersion) ? null : untried(round, 'other-solver');
};

/** Runs it over its inputs, as they can be had today. */
export const replayOver = async (round: RecordedRound, frozen: FrozenInputs, ringSolver: RingSolver): Promise<Replay> => {
  const again = inputHashOf(frozen.inputs);
  const { roundId, seed, inputHash } = round.started;
  const erased = frozen.unreadable;
  const tried = { ...untried(round, erased > 0 ? 'inputs-erased' : 'inputs-differ'), erased, inputHash: { recorded: inputHash, again } };
  if (again !== inputHash || round.completed === null) return tried;
  const solved = await solveRound(frozen, { roundId, seed }, ringSolver);
  if (solved === null) return { ...tried, verdict: 'other-solver' };
  const differences = differencesOf({ ...round, completed: round.completed }, solved);
  const verdict = differences.length === 0 ? 'same' : 'differs';
  return { ...tried, verdict, differences: differences.slice(0, SHOWN), differing: differences.length };
};
