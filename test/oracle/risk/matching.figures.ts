import type { MatchId } from '#domain/ids';
import { ratio, type Figure } from '../facts/figure';
import { daysAfter, ofType, windowAt, windowBefore, within, type Fact, type FactOf, type Question, type Window } from '../facts/question';
import { distinct } from '../facts/sets';

type Step = 'MatchProposed' | 'MatchConfirmed' | 'ExchangeAgreed' | 'ExchangeHeld';

export const FUNNEL = {
  funnelConfirmed: ['MatchConfirmed', 'MatchProposed'],
  funnelAgreed: ['ExchangeAgreed', 'MatchConfirmed'],
  funnelHeld: ['ExchangeHeld', 'ExchangeAgreed'],
} as const satisfies Readonly<Record<string, readonly [Step, Step]>>;

const supersededOf = (facts: readonly Fact[], matches: readonly MatchId[]) =>
  ofType(facts, 'MatchSuperseded').filter(({ data }) => matches.includes(data.matchId));

/** Events of one step in a period; what was superseded before it opened is left out. */
const reached = ({ facts }: Question, step: Step, window: Window): readonly FactOf<Step>[] =>
  within(ofType(facts, step), window).filter(({ data }) => supersededOf(facts, [data.matchId]).length === 0);

export const funnel = (question: Question, indicator: keyof typeof FUNNEL): Figure => {
  const [later, earlier] = FUNNEL[indicator];
  const windows = [windowAt(question.at), windowBefore(question.at)];
  const all = windows.flatMap((window) => within(ofType(question.facts, later, earlier), window));
  const proposed = ofType(all, 'MatchProposed').map(({ data }) => data.matchId);
  return ratio(indicator, {
    numerator: reached(question, later, windowAt(question.at)).length,
    denominator: reached(question, earlier, windowAt(question.at)).length,
    evidence: [...all, ...supersededOf(question.facts, proposed)],
  });
};

/** A step's share in the T before; null where there was none. */
export const shareBefore = (question: Question, indicator: keyof typeof FUNNEL): number | null => {
  const [later, earlier] = FUNNEL[indicator].map((step) => reached(question, step, windowBefore(question.at)).length);
  return earlier ? later! / earlier : null;
};

const PATIENCE_DAYS = 14;

const onwardOf = (facts: readonly Fact[], matchId: MatchId) =>
  ofType(facts, 'ConnectionPlanned', 'AgreementReached', 'AgreementNotReached').filter(({ data }) => data.matchId === matchId);

/** Still confirmed after 14 days: neither connected nor agreed by then, nor ended. */
export const mediationBottleneck = ({ facts, at }: Question): Figure => {
  const confirmed = within(ofType(facts, 'MatchConfirmed'), windowAt(at));
  const waited = confirmed.filter(({ data, meta }) => {
    const end = daysAfter(meta.occurredAt, PATIENCE_DAYS);
    return end < at && !onwardOf(facts, data.matchId).some((onward) => onward.meta.occurredAt <= end);
  });
  return ratio('mediationBottleneck', {
    numerator: waited.length,
    denominator: confirmed.length,
    evidence: [...confirmed, ...confirmed.flatMap(({ data }) => onwardOf(facts, data.matchId))],
  });
};

/** Planned, and without an outcome; for each mediator who is named. */
export const openConnectionsPerMediator = ({ facts }: Question): Figure => {
  const planned = distinct(ofType(facts, 'ConnectionPlanned').map(({ data }) => data.matchId));
  const open = planned.filter((matchId) => onwardOf(facts, matchId).every(({ type }) => type === 'ConnectionPlanned'));
  const named = ofType(facts, 'MediatorNamed', 'MediatorRemoved');
  const mediators = distinct(named.map(({ data }) => data.memberId)).filter(
    (id) => named.findLast(({ data }) => data.memberId === id)?.type === 'MediatorNamed',
  );
  return ratio('openConnectionsPerMediator', {
    numerator: open.length,
    denominator: mediators.length,
    people: mediators,
    evidence: [...planned.flatMap((matchId) => onwardOf(facts, matchId)), ...named],
  });
};
