import { addMonths } from '#domain/calendar';
import { type Computed, ratio } from '../figure';
import { eventsOf, exchanges as exchangesOf, offersIn } from '../operand';
import { factsOf } from '../view/exchange';
import { isIn, type RiskView } from '../view/view';
import { activeGivers, authorsOf } from './active-givers';
import { factsOfHeld, lifeOf, membershipOf } from './evidence';

const contentDisputes = ({ exchanges, heldInYear, year, policy }: RiskView): Computed => {
  const disputes = exchanges
    .flatMap(({ facts }) => factsOf(facts, 'ExchangeDisputed'))
    .filter(({ kind, at }) => kind === 'content' && isIn(year, at));
  return ratio({
    indicator: 'contentDisputes',
    numerator: disputes.length,
    denominator: heldInYear.length,
    threshold: policy.thresholds.contentDisputes,
    counts: () => [eventsOf(disputes.map(({ id }) => id)), exchangesOf(heldInYear.map(({ id }) => id))],
    evidence: () => [...disputes, ...factsOfHeld(heldInYear)],
  });
};

/** Offers neither published nor confirmed for twelve months ÷ published, both of enrolled members. */
const staleOffers = (view: RiskView): Computed => {
  const { offers, asOf, policy } = view;
  const published = activeGivers(view).flatMap((giver) => giver.offers);
  const stale = published.filter(({ confirmed }) => confirmed !== null && confirmed.at <= addMonths(asOf, -12));
  return ratio({
    indicator: 'staleOffers',
    numerator: stale.length,
    denominator: published.length,
    threshold: policy.thresholds.staleOffers,
    counts: () => [offersIn(stale.map(({ id }) => id)), offersIn(published.map(({ id }) => id))],
    evidence: () => [...lifeOf(offers), ...membershipOf(authorsOf(view))],
  });
};

export const content = (view: RiskView): readonly Computed[] => [contentDisputes(view), staleOffers(view)];
