import { searchIn } from '../candidates/candidates';
import { foundMatches } from '../found-matches';
import { marketOf } from '../market';
import type { Draw, LeftUnmatched } from '../matcher';
import { solverVersion } from '../optimum-matcher';
import { solveMarket } from '../solve-market';
import { leftUnmatched } from '../unmatched';
import { proposalsExplained } from './alternatives';
import { openArcs } from './arcs';
import type { Remedy, RoundExplained, Scarcity } from './explanation';
import { gateCost } from './gate-costs';
import { soughtKey } from './newcomers';
import { openableGates, type Question } from './opened';
import { judgingOf, unmatchedExplained } from './remedies';
import { scarcityIn } from './scarcity';
import { seatedRound } from './seated-round';

/** How many are done of how many; the last one brings what was asked. */
export interface ExplanationProgress {
  readonly done: number;
  readonly of: number;
  readonly explained: RoundExplained | null;
}

/** What a report shows at most. */
const MOST_ROWS = 50;

const toldOf = (left: readonly LeftUnmatched[]): RoundExplained['told'] => {
  const count = (reason: LeftUnmatched['reason']): number => left.filter((one) => one.reason === reason).length;
  return { 'no-common-language': count('no-common-language'), 'pair-forbidden': count('pair-forbidden') };
};

const remedyOf = (row: Scarcity | undefined): Remedy => {
  const last = row?.steps.at(-1);
  if (!row || !last || last.served === 0) return { kind: 'nothing' };
  const { topicUri, topicKey, level, language } = row;
  return { kind: 'more-givers', count: last.givers, served: last.served, topicUri, topicKey, level, language };
};

/** Those that wait most, by what givers would bring them. */
const bounded = (rows: readonly Scarcity[]): readonly Scarcity[] => {
  const kept = new Set([...rows].sort((a, b) => b.waiting - a.waiting).slice(0, MOST_ROWS));
  return rows.filter((row) => kept.has(row));
};

/**
 * Explains a round from its frozen inputs, step by step: who takes no further step has stopped it. Same inputs, policy and draw, same answer (R18).
 * Example: `for (const { done, of, explained } of explainRound({ inputs, policy }, { seed: 7, makeId })) …`.
 */
export function* explainRound(question: Question, draw: Draw): Generator<ExplanationProgress> {
  const of = openableGates.length + 2;
  const market = marketOf(question.inputs, question.policy, draw.seed);
  const result = solveMarket(market);
  yield { done: 1, of, explained: null };
  const gateCosts = [];
  for (const gate of openableGates) {
    gateCosts.push(gateCost(question, draw.seed, { gate, closed: result }));
    yield { done: 1 + gateCosts.length, of, explained: null };
  }
  const search = searchIn(market);
  const arcs = openArcs(search);
  const seated = seatedRound(search, arcs, result);
  const left = leftUnmatched(market, result);
  const rows = scarcityIn(question, { market, result }, draw);
  const byKey = new Map(rows.map((row) => [soughtKey(row), row]));
  const judging = judgingOf(seated, question.inputs, (sought) => remedyOf(byKey.get(soughtKey(market.requests[sought]!))));
  const explained = {
    ...{ solverVersion, served: result.served, gap: result.gap, gateCosts, told: toldOf(left) },
    proposals: proposalsExplained({ seated, arcs }, foundMatches(market, result, draw)),
    unmatched: unmatchedExplained(judging, left),
    scarcity: bounded(rows),
    scarceTopics: rows.length,
  };
  yield { done: of, of, explained };
}
