import { type Computed, ratio } from '../figure';
import { members } from '../operand';
import type { Fact } from '../risk.facts';
import type { MemberAt } from '../view/member';
import { isIn, type RiskView } from '../view/view';
import { daysBetween } from './days';
import { membershipOf } from './evidence';
import { participation } from './participation';

const NEWCOMER_DAYS = 90;

type Opened = Fact<'match', 'MatchOpened'>;

const openedInYear = ({ matches, year }: RiskView): readonly Opened[] =>
  matches.flatMap(({ facts }) => facts.filter((fact): fact is Opened => fact.is === 'MatchOpened' && isIn(year, fact.at)));

const isSettled = ({ enrolled }: MemberAt, { asOf }: RiskView): boolean =>
  enrolled !== null && daysBetween(enrolled.at, asOf) > NEWCOMER_DAYS;

/** Enrolled for more than 90 days without a proposal in the year ÷ enrolled for more than 90 days. */
const leftOut = (view: RiskView): Computed => {
  const opened = openedInYear(view);
  const proposed = new Set<string>(opened.flatMap((fact) => fact.members));
  const settled = view.population.filter((member) => isSettled(member, view));
  const unasked = settled.filter(({ id }) => !proposed.has(id));
  return ratio({
    indicator: 'exclusion',
    numerator: unasked.length,
    denominator: settled.length,
    threshold: view.policy.thresholds.exclusion,
    counts: () => [members(unasked.map(({ id }) => id)), members(settled.map(({ id }) => id))],
    evidence: () => [...membershipOf(view.members.values()), ...opened],
  });
};

export const exclusion = (view: RiskView): readonly Computed[] => [
  leftOut(view),
  ...participation(view, 'site'),
  ...participation(view, 'unit'),
];
