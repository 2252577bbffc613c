import { percentile } from '#domain/statistics';
import { type Computed, measure } from '../figure';
import { members } from '../operand';
import type { HeldExchange, RiskView } from '../view/view';
import { daysBetween } from './days';
import { tallied } from './evidence';
import { type Tally, tallyOf } from './tally';

const firstOf = (exchanges: readonly HeldExchange[]): HeldExchange['held'] | null =>
  exchanges.reduce<HeldExchange['held'] | null>((first, { held }) => (first === null || held.at < first.at ? held : first), null);

/** The first receipt of who never gave, or the first gift of who never received; null where both or neither. */
const debtSince = ({ given, received }: Tally): HeldExchange['held'] | null => {
  if (given.length > 0 && received.length > 0) return null;
  return firstOf([...given, ...received]);
};

/** P90 of days since first receipt while g = 0 (or first gift while r = 0), over all time, among those who have one. */
export const reciprocityDebt = (view: RiskView): readonly Computed[] => {
  const { population, held, asOf, policy } = view;
  const tally = tallyOf(held);
  const debts = population.flatMap(({ id }) => {
    const since = debtSince(tally(id));
    return since === null ? [] : [{ id, days: daysBetween(since.at, asOf) }];
  });
  return [
    measure({
      indicator: 'reciprocityDebtDays',
      unit: 'days',
      numbers: debts.map(({ days }) => days),
      over: (days) => percentile(days, 0.9),
      counts: () => members(debts.map(({ id }) => id)),
      threshold: policy.thresholds.reciprocityDebtDays,
      evidence: () => tallied(view, held),
    }),
  ];
};
