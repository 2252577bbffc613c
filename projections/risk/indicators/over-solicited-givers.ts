import { MIN_CELL_SIZE } from '#domain/disclosure/threshold';
import { gini } from '#domain/statistics';
import { type Computed, suppress, measure, ratio } from '../figure';
import { exchanges, members } from '../operand';
import type { HeldExchange, RiskView } from '../view/view';
import { activeGivers, authorsOf } from './active-givers';
import { engagementsOf, lifeOf, membershipOf, tallied } from './evidence';
import { tallyOf } from './tally';

interface Gifts {
  readonly id: string;
  readonly given: readonly HeldExchange[];
}

/** Most gifts first; equal ones by opaque id, so that the group is the same everywhere. The order goes no further (R4). */
const byGifts = (one: Gifts, other: Gifts): number => other.given.length - one.given.length || (one.id < other.id ? -1 : 1);

const giversOf = ({ population, heldInYear }: RiskView): readonly Gifts[] => {
  const tally = tallyOf(heldInYear);
  return population.map(({ id }) => ({ id, given: tally(id).given })).filter(({ given }) => given.length > 0);
};

const atCapacity = (view: RiskView): Computed => {
  const givers = activeGivers(view);
  const full = givers.filter(({ member }) => member.giving.size >= member.capacity);
  return ratio({
    indicator: 'giversAtCapacity',
    numerator: full.length,
    denominator: givers.length,
    threshold: view.policy.thresholds.giversAtCapacity,
    counts: () => [members(full.map(({ member }) => member.id)), members(givers.map(({ member }) => member.id))],
    evidence: () => {
      const authors = authorsOf(view);
      return [...lifeOf(view.offers), ...membershipOf(authors), ...engagementsOf(authors)];
    },
  });
};

const concentration = (view: RiskView, givers: readonly Gifts[]): Computed =>
  measure({
    indicator: 'giftGini',
    unit: 'number',
    numbers: givers.map(({ given }) => given.length),
    over: gini,
    threshold: view.policy.thresholds.giftGini,
    counts: () => members(givers.map(({ id }) => id)),
    evidence: () => tallied(view, view.heldInYear),
  });

/** Share of E by the top 5 % of givers, rounded up; an exchange with any of them counts once. Hidden when they are fewer than five. */
const topShare = (view: RiskView, givers: readonly Gifts[]): Computed => {
  const top = [...givers].sort(byGifts).slice(0, Math.ceil(givers.length / 20));
  const theirs = [...new Set(top.flatMap(({ given }) => given))];
  const figure = ratio({
    indicator: 'topGiversShare',
    numerator: theirs.length,
    denominator: view.heldInYear.length,
    threshold: view.policy.thresholds.topGiversShare,
    counts: () => [exchanges(theirs.map(({ id }) => id)), exchanges(view.heldInYear.map(({ id }) => id))],
    evidence: () => tallied(view, view.heldInYear),
  });
  return top.length < MIN_CELL_SIZE ? suppress(figure) : figure;
};

export const overSolicitedGivers = (view: RiskView): readonly Computed[] => {
  const givers = giversOf(view);
  return [atCapacity(view), concentration(view, givers), topShare(view, givers)];
};
