import { type Computed, ratio } from '../figure';
import { exchanges } from '../operand';
import type { Dated } from '../risk.facts';
import { unitOf } from '../view/member';
import type { HeldExchange, RiskView } from '../view/view';
import { attendanceOf, peopleAt, placesOf } from './evidence';

const CLOSED_FROM = 3;

/** Unordered giver–learner pairs of an exchange, each once. */
const pairsOf = ({ givers, learners }: HeldExchange): ReadonlySet<string> =>
  new Set(
    [...givers].flatMap((giver) =>
      [...learners].filter((learner) => learner !== giver).map((learner) => [giver, learner].sort().join(' ')),
    ),
  );

const countPairs = (held: readonly HeldExchange[]): ReadonlyMap<string, number> => {
  const pairs = new Map<string, number>();
  for (const exchange of held) pairsOf(exchange).forEach((pair) => pairs.set(pair, (pairs.get(pair) ?? 0) + 1));
  return pairs;
};

/** All who were there belonged to one unit at the time. */
const isInsideOneUnit = ({ members }: RiskView, { givers, learners, held }: HeldExchange): boolean => {
  const units = [...givers, ...learners].map((id) => {
    const member = members.get(id);
    return member === undefined ? null : unitOf(member, held.at);
  });
  return units.length > 0 && units[0] !== null && units.every((unit) => unit === units[0]);
};

/** E between pairs with three exchanges or more in the year (a group if any pair) ÷ E; E inside one unit ÷ E. */
export const closedCircles = (view: RiskView): readonly Computed[] => {
  const { heldInYear, policy } = view;
  const pairs = countPairs(heldInYear);
  const isClosed = (exchange: HeldExchange): boolean => [...pairsOf(exchange)].some((pair) => (pairs.get(pair) ?? 0) >= CLOSED_FROM);
  const share = (
    indicator: 'closedPairs' | 'sameUnit',
    holds: (exchange: HeldExchange) => boolean,
    where: () => readonly Dated[],
  ): Computed =>
    ratio({
      indicator,
      counts: () => [exchanges(heldInYear.filter(holds).map(({ id }) => id)), exchanges(heldInYear.map(({ id }) => id))],
      numerator: heldInYear.filter(holds).length,
      denominator: heldInYear.length,
      threshold: policy.thresholds[indicator],
      evidence: () => [...attendanceOf(heldInYear), ...where()],
    });
  const units = (): readonly Dated[] => placesOf(peopleAt(view, heldInYear));
  return [share('closedPairs', isClosed, () => []), share('sameUnit', (exchange) => isInsideOneUnit(view, exchange), units)];
};
