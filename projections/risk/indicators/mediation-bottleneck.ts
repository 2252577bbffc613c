import { addDays } from '#domain/calendar';
import { type Computed, ratio } from '../figure';
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

const COURSE = ['MatchConfirmed', 'ConnectionPlanned', 'AgreementReached', 'AgreementNotReached'];

/** What confirmed the match, and all that ended its wait. */
const courseOf = ({ facts }: MatchAt): readonly Dated[] => facts.filter(({ is }) => COURSE.includes(is));

const wasPlanned = (match: MatchAt): boolean => factOf(match, 'ConnectionPlanned') !== null;

/** Planned, and no outcome yet. */
const openConnection = (match: MatchAt): readonly Dated[] => {
  const planned = factOf(match, 'ConnectionPlanned');
  return planned === null || factOf(match, 'AgreementReached', 'AgreementNotReached') !== null ? [] : [planned];
};

export const mediationBottleneck = (view: RiskView): readonly Computed[] => {
  const { matches, year, policy, mediators } = view;
  const confirmed = matches.flatMap((match) => {
    const fact = factOf(match, 'MatchConfirmed');
    return fact !== null && isIn(year, fact.at) ? [{ match, fact }] : [];
  });
  const open = matches.flatMap(openConnection);
  return [
    ratio({
      indicator: 'mediationBottleneck',
      numerator: confirmed.filter(({ match, fact }) => waitedTooLong(match, fact, view)).length,
      denominator: confirmed.length,
      threshold: policy.thresholds.mediationBottleneck,
      evidence: () => confirmed.flatMap(({ match }) => courseOf(match)),
    }),
    ratio({
      indicator: 'openConnectionsPerMediator',
      unit: 'ratio',
      numerator: open.length,
      denominator: mediators.size,
      threshold: policy.thresholds.openConnectionsPerMediator,
      evidence: () => [...matches.filter(wasPlanned).flatMap(courseOf), ...view.mediatorsTold],
    }),
  ];
};
