import { type Computed, ratio } from '../figure';
import { eventsOf } from '../operand';
import type { Dated } from '../risk.facts';
import { isIn, type MatchAt, type Period, type RiskView } from '../view/view';

interface Counts {
  readonly proposed: readonly Dated[];
  readonly confirmed: readonly Dated[];
  readonly agreed: readonly Dated[];
  readonly held: readonly Dated[];
}

const isSuperseded = ({ facts }: MatchAt): boolean => facts.some(({ is }) => is === 'MatchSuperseded');

/** What a superseded match, which nobody came to confirm, takes out of the counts, and by what. */
const leftOut = (facts: MatchAt['facts'], { yearBefore, year }: RiskView): readonly Dated[] =>
  facts.some(({ is, at }) => is === 'MatchProposed' && isIn({ after: yearBefore.after, to: year.to }, at))
    ? facts.filter(({ is }) => is === 'MatchProposed' || is === 'MatchSuperseded')
    : [];

/** Counts of events in the period; matches superseded before they opened are left out. */
const countsIn = ({ matches, exchanges }: RiskView, period: Period): Counts => {
  const kept = matches.filter((match) => !isSuperseded(match)).flatMap(({ facts }) => facts);
  const all = [...kept, ...exchanges.flatMap(({ facts }) => facts)].filter(({ at }) => isIn(period, at));
  const of = (type: string): readonly Dated[] => all.filter(({ is }) => is === type);
  return { proposed: of('MatchProposed'), confirmed: of('MatchConfirmed'), agreed: of('ExchangeAgreed'), held: of('ExchangeHeld') };
};

const STEPS = [
  { indicator: 'funnelConfirmed', of: 'confirmed', from: 'proposed' },
  { indicator: 'funnelAgreed', of: 'agreed', from: 'confirmed' },
  { indicator: 'funnelHeld', of: 'held', from: 'agreed' },
] as const;

/** Alerts where a rate lost the policy's points on the previous year, as far as there was one. */
export const funnelDrop = (view: RiskView): readonly Computed[] => {
  const now = countsIn(view, view.year);
  const before = countsIn(view, view.yearBefore);
  const superseded = view.matches.filter(isSuperseded).flatMap(({ facts }) => leftOut(facts, view));
  return STEPS.map(({ indicator, of, from }) => {
    const past = before[from].length === 0 ? null : before[of].length / before[from].length;
    const figure = ratio({
      indicator,
      numerator: now[of].length,
      denominator: now[from].length,
      threshold: past === null ? null : past - view.policy.thresholds.funnelDropPoints / 100,
      alertWhen: 'below',
      counts: () => [eventsOf(now[of].map(({ id }) => id)), eventsOf(now[from].map(({ id }) => id))],
      evidence: () => [...now[of], ...now[from], ...before[of], ...before[from], ...(from === 'proposed' ? superseded : [])],
    });
    return { ...figure, alert: hasDropped(figure) };
  });
};

/** A drop of exactly the policy's points alerts: "−10 points" names the drop itself, where the others say "more than". */
const hasDropped = ({ value, threshold }: Computed): boolean => value !== null && threshold !== null && value <= threshold + 1e-9;
