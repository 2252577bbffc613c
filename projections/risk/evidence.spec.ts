import type { RecordedEvent } from '#event-store/codec.port';
import { foldInMemory } from '#read-store/fold/in-memory-fold';
import { dayOf, LAST_DAY, randomNetwork } from '#testing/networks/random-network';
import { instant } from '#testing/histories/story';
import { type Computed, type Figure, type Indicator, indicators, published } from './figure';
import { evaluateRisks } from './risk-evaluation';
import type { RiskRow } from './risk.projection';
import { riskModel } from './risk.table';
import { viewOf } from './view/view';

const figuresOf = (events: readonly RecordedEvent[], asOf: string): readonly Computed[] =>
  evaluateRisks(viewOf([...foldInMemory(riskModel, events).rows.values()] as readonly RiskRow[], instant(asOf)));

const nameOf = ({ indicator, cell }: Figure): string => `${indicator}/${cell ?? 'network'}`;

/** The figure as whoever holds these events alone computes it. */
const recomputed = (events: readonly RecordedEvent[], asOf: string, of: Figure): Figure | undefined => {
  const found = figuresOf(events, asOf).find((figure) => nameOf(figure) === nameOf(of));
  return found === undefined ? undefined : published(found);
};

const listed = (events: readonly RecordedEvent[], figure: Computed): readonly RecordedEvent[] => {
  const ids = new Set<string>(figure.evidence().map(({ id }) => id));
  return events.filter(({ meta }) => ids.has(meta.eventId));
};

const without = (events: readonly RecordedEvent[], one: RecordedEvent): readonly RecordedEvent[] => events.filter((event) => event !== one);

/** What alone makes a figure another one when it is left out of the list, by indicator. The gap has its own place. */
const needed: Readonly<Record<Exclude<Indicator, 'evaluationGap'>, readonly string[]>> = {
  imbalance: ['ExchangeHeld', 'SessionCorrected', 'MemberEnrolled', 'MemberLeft', 'MemberSuspended', 'ReciprocityRestored'],
  reciprocityDebtDays: ['ExchangeHeld', 'MemberEnrolled', 'MemberLeft'],
  giversAtCapacity: [
    'OfferPublished',
    'OfferWithdrawn',
    'MemberEnrolled',
    'MemberLeft',
    'CapacitySet',
    'EngagementReserved',
    'EngagementReleased',
  ],
  giftGini: ['ExchangeHeld', 'MemberEnrolled', 'MemberLeft'],
  topGiversShare: ['ExchangeHeld'],
  singleSource: ['OfferPublished', 'RequestPublished', 'RequestMatched', 'MemberLeft'],
  unmetDemand: ['RequestPublished', 'RequestMatched', 'RequestReopened', 'RequestMet', 'RequestResumed'],
  daysToHeld: ['ExchangeHeld', 'RequestPublished'],
  exclusion: ['MemberEnrolled', 'MemberLeft', 'MatchOpened'],
  participationRatio: ['MemberEnrolled', 'MemberLeft', 'ProfileChanged', 'ExchangeHeld', 'PolicyChanged'],
  noShow: ['ExchangeAgreed', 'ExchangeRescheduled', 'NoShowReported', 'NoShowContested', 'ExchangeHeld', 'SessionHeld'],
  lateChanges: ['ExchangeAgreed', 'ExchangeRescheduled', 'ExchangeCancelled', 'ExchangeHeld'],
  funnelConfirmed: ['MatchProposed', 'MatchConfirmed', 'MatchSuperseded'],
  funnelAgreed: ['MatchConfirmed', 'ExchangeAgreed'],
  funnelHeld: ['ExchangeAgreed', 'ExchangeHeld'],
  contentDisputes: ['ExchangeDisputed', 'ExchangeHeld'],
  staleOffers: ['OfferPublished', 'OfferConfirmed', 'OfferWithdrawn', 'OfferContestSettled', 'MemberEnrolled', 'MemberLeft'],
  confidentialityPer100: ['IncidentReported', 'ExchangeHeld'],
  confidentialityDays: ['IncidentReported', 'IncidentResolved'],
  outsideHours: ['TrainingHoursRecorded'],
  closedPairs: ['ExchangeHeld'],
  sameUnit: ['ExchangeHeld', 'MemberEnrolled', 'ProfileChanged'],
  mediationBottleneck: ['MatchConfirmed', 'ConnectionPlanned', 'AgreementReached', 'AgreementNotReached'],
  openConnectionsPerMediator: ['ConnectionPlanned', 'AgreementReached', 'MediatorNamed', 'MediatorRemoved'],
  dormancy: ['MemberEnrolled', 'MemberLeft', 'PolicyChanged'],
};

const SEEDS = [1, 2, 3, 4, 5, 6, 8, 9, 10];
const DATES = [dayOf(450), dayOf(700), LAST_DAY];
const small = SEEDS.map((seed) => ({ seed, events: randomNetwork(seed, { members: 16, events: 500, exchanges: 20 }), dates: DATES }));
/** So many givers that the top 5 % are five, and shown (R15). */
const large = { seed: 7, events: randomNetwork(7, { members: 300, events: 6_000, exchanges: 3_000 }), dates: [dayOf(700)] };

describe(`the evidence of a risk figure (seeds ${[...SEEDS, large.seed].join(', ')})`, () => {
  it('is all from which it can be recomputed: folded alone, it gives the same figure (§6, case 23)', () => {
    const opened = new Set<Indicator>();
    for (const { events, dates } of [...small, large])
      for (const asOf of dates)
        for (const figure of figuresOf(events, asOf)) {
          const list = listed(events, figure);
          if (figure.hidden) expect(list).toEqual([]);
          else expect({ asOf, figure: recomputed(list, asOf, figure) }).toEqual({ asOf, figure: published(figure) });
          if (!figure.hidden && figure.value !== null) opened.add(figure.indicator);
        }
    expect(indicators.filter((indicator) => !opened.has(indicator))).toEqual(['evaluationGap']);
  });

  it('lists what counts and what excludes: each of these, left out, makes it another figure (§6, case 23)', () => {
    const found = new Map<string, Set<string>>(Object.keys(needed).map((indicator) => [indicator, new Set<string>()]));
    const tryWithout = (events: readonly RecordedEvent[], asOf: string, figure: Computed): void => {
      const known = found.get(figure.indicator);
      const wanted = needed[figure.indicator as keyof typeof needed].filter((type) => known?.has(type) === false);
      const list = wanted.length === 0 || figure.hidden ? [] : listed(events, figure);
      for (const event of list.filter(({ type }) => wanted.includes(type)))
        if (known?.has(event.type) === false && !isSame(recomputed(without(list, event), asOf, figure), published(figure)))
          known.add(event.type);
    };
    for (const { events, dates } of [...small, large])
      for (const asOf of dates) figuresOf(events, asOf).forEach((figure) => tryWithout(events, asOf, figure));
    const lists = Object.fromEntries([...found].map(([indicator, types]) => [indicator, [...types].sort()]));
    expect(lists).toEqual(Object.fromEntries(Object.entries(needed).map(([indicator, types]) => [indicator, [...types].sort()])));
  });
});

const isSame = (one: Figure | undefined, other: Figure): boolean => JSON.stringify(one) === JSON.stringify(other);
