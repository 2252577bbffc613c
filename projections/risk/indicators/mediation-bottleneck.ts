import { addDays } from '#domain/calendar';
import { type Computed, ratio } from '../figure';
import { matchesIn, members } from '../operand';
import type { Dated } from '../risk.facts';
import { isIn, type MatchAt, type RiskView } from '../view/view';

const PATIENCE_DAYS = 14;

const factOf = ({ facts }: MatchAt, ...types: readonly string[]): Dated | null => facts.find(({ is }) => types.includes(is)) ?? null;

/** Neither connection nor agreement within 14 days; one that ended before waits for nobody. */
const waitedTooLong = (match: MatchAt, confirmed: Dated, { asOf }: RiskView): boolean => {
  const end = addDays(confirmed.at, PATIENCE_DAYS);
  const answered = factOf(match, 'ConnectionPlanned', 'AgreementReached', 'AgreementNotReached');
  return asOf > end && (answered === null || answered.at > end);
};

const ONWARD = ['ConnectionPlanned', 'AgreementReached', 'AgreementNotReached'];

/** All that ended the wait of a confirmed match. */
const onwardOf = ({ facts }: MatchAt): readonly Dated[] => facts.filter(({ is }) => ONWARD.includes(is));

const wasPlanned = (match: MatchAt): boolean => factOf(match, 'ConnectionPlanned') !== null;

/** Planned, and no outcome yet. */
const isConnectionOpen = (match: MatchAt): boolean =>
  wasPlanned(match) && factOf(match, 'AgreementReached', 'AgreementNotReached') === null;

export const mediationBottleneck = (view: RiskView): readonly Computed[] => {
  const { matches, year, policy, mediators } = view;
  const confirmed = matches.flatMap((match) => {
    const fact = factOf(match, 'MatchConfirmed');
    return fact !== null && isIn(year, fact.at) ? [{ match, fact }] : [];
  });
  const waiting = confirmed.filter(({ match, fact }) => waitedTooLong(match, fact, view));
  const open = matches.filter(isConnectionOpen);
  return [
    ratio({
      indicator: 'mediationBottleneck',
      numerator: waiting.length,
      denominator: confirmed.length,
      threshold: policy.thresholds.mediationBottleneck,
      counts: () => [matchesIn(waiting.map(({ match }) => match.id)), matchesIn(confirmed.map(({ match }) => match.id))],
      evidence: () => confirmed.flatMap(({ match, fact }) => [fact, ...onwardOf(match)]),
    }),
    ratio({
      indicator: 'openConnectionsPerMediator',
      unit: 'ratio',
      numerator: open.length,
      denominator: mediators.size,
      threshold: policy.thresholds.openConnectionsPerMediator,
      counts: () => [matchesIn(open.map(({ id }) => id)), members(mediators)],
      evidence: () => [...matches.filter(wasPlanned).flatMap(onwardOf), ...view.mediatorsTold],
    }),
  ];
};
