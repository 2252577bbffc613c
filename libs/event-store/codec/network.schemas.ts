import type { MemberId, NetworkId } from '#domain/ids';
import type { NetworkEvent } from '#domain/network/network.events';
import { Type } from '@sinclair/typebox';
import { count, event, flag, id, list, number, oneOf, personal, record, text, type SchemasOf } from './schema-kit';
import { language } from './vocabulary.schemas';

const thresholds = () =>
  record({
    imbalance: number(),
    reciprocityDebtDays: number(),
    giversAtCapacity: number(),
    giftGini: number(),
    topGiversShare: number(),
    singleSource: number(),
    unmetDemand: number(),
    exclusion: number(),
    participationRatio: number(),
    noShow: number(),
    lateChanges: number(),
    funnelDropPoints: number(),
    contentDisputes: number(),
    staleOffers: number(),
    confidentialityPer100: number(),
    confidentialityDays: number(),
    outsideHours: number(),
    closedPairs: number(),
    sameUnit: number(),
    evaluationGap: number(),
    mediationBottleneck: number(),
    openConnectionsPerMediator: number(),
    dormancy: number(),
  });

/** As it was before R24's bound on what is planned. */
const policyBefore24 = {
  entryOnBehalfDays: number(),
  graceDays: number(),
  reviewMonths: number(),
  reviewDays: number(),
  acceptanceDays: number(),
  connectionDays: number(),
  outcomeDays: number(),
  reportDays: number(),
  lapseDays: number(),
  evaluationDays: number(),
  followUpFromDay: number(),
  followUpUntilDay: number(),
  settleDays: number(),
  pairRestDays: number(),
  defaultCapacity: number(),
  waiveConnectionForKnownPairs: flag(),
  trainingLabel: text(),
  warnOutsideHours: list(number()),
  headcount: Type.Record(Type.String(), number()),
  thresholds: thresholds(),
};

/** As it was before what is old ended by itself. */
const policyBeforeRetention = { ...policyBefore24, plannedAheadMonths: number() };

/** As it was while every gate of a round was hard, and every round open. */
const policyBeforeGates = { ...policyBeforeRetention, exchangeTextsMonths: number(), goneMembersMonths: number() };

const strictness = () => oneOf('hard', 'soft', 'off');
const gates = () => record({ place: strictness(), halfDays: strictness(), level: strictness() });
const rings = () => ({ ringsOnly: flag(), longestRing: number(), longestChain: number() });
/** As it was while rounds kept to the very topic. */
const policyBeforeNear = { ...policyBeforeGates, gates: gates(), ...rings() };
const policy = () => record({ ...policyBeforeNear, nearTopics: number() });

type Before = { readonly policy: object };

/** 24 months were the bound when it came, for every network. */
const plannedAhead = ({ policy: before, ...rest }: Before) => ({ ...rest, policy: { ...before, plannedAheadMonths: 24 } });

/** The defaults when they came; nothing ends by them before a data protection officer has started a run. */
const retained = ({ policy: before, ...rest }: Before) => ({
  ...rest,
  policy: { ...before, exchangeTextsMonths: 24, goneMembersMonths: 36 },
});

/** The defaults when they came; rounds from before are facts, and stay as they were. */
const gated = ({ policy: before, ...rest }: Before) => ({
  ...rest,
  policy: {
    ...before,
    gates: { place: 'hard', halfDays: 'soft', level: 'soft' },
    ...{ ringsOnly: false, longestRing: 3, longestChain: 0 },
  },
});

/** The default when it came. */
const nearing = ({ policy: before, ...rest }: Before) => ({ ...rest, policy: { ...before, nearTopics: 1 } });

const networkId = () => id<NetworkId>();
const memberId = () => id<MemberId>();

const opened = {
  networkId: networkId(),
  label: text(),
  timeZone: text(),
  defaultLanguage: language(),
  policyVersion: Type.Literal(1),
};
const changed = { networkId: networkId(), policyVersion: count() };

const pairFields = () => ({
  networkId: networkId(),
  pair: Type.Tuple([memberId(), memberId()]),
  by: memberId(),
  reason: personal({ owner: '/by', key: 'member' }),
});

export const networkSchemas: SchemasOf<NetworkEvent> = {
  NetworkOpened: event('A network starts, with its first policy (R23).', { ...opened, policy: policy() }, [
    { from: record({ ...opened, policy: record(policyBefore24) }), to: plannedAhead },
    { from: record({ ...opened, policy: record(policyBeforeRetention) }), to: retained },
    { from: record({ ...opened, policy: record(policyBeforeGates) }), to: gated },
    { from: record({ ...opened, policy: record(policyBeforeNear) }), to: nearing },
  ]),
  PolicyChanged: event('The network lead changed the policy; the whole policy in force from now on.', { ...changed, policy: policy() }, [
    { from: record({ ...changed, policy: record(policyBefore24) }), to: plannedAhead },
    { from: record({ ...changed, policy: record(policyBeforeRetention) }), to: retained },
    { from: record({ ...changed, policy: record(policyBeforeGates) }), to: gated },
    { from: record({ ...changed, policy: record(policyBeforeNear) }), to: nearing },
  ]),
  CharterPublished: event('A version of the charter, in each of its languages.', {
    networkId: networkId(),
    charterVersion: count(),
    text: record({ fr: Type.Optional(text()), en: Type.Optional(text()) }),
  }),
  MediatorNamed: event('A member may mediate connections in this network (R9).', { networkId: networkId(), memberId: memberId() }),
  MediatorRemoved: event('A member mediates here no longer.', { networkId: networkId(), memberId: memberId() }),
  PairForbidden: event('Two members are in no match together from now on.', pairFields()),
  PairAllowed: event('A forbidden pair may be matched again from now on.', pairFields()),
};
