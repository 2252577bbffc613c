import type { CommandId, Instant } from '#kernel/id';
import type { SentCommand } from '#domain/catalogue';
import type { MatchId, MemberId, NetworkId, OfferId, RequestId } from '#domain/ids';
import type { MatchOrigin } from '#domain/match/match.events';
import type { ProposalFacts } from '#domain/match/match.commands';
import type { OfferContent, RequestContent, Topic } from '#domain/vocabulary';
import { idFrom } from '../dispatch/derived-ids';
import type { ApplicationRefusal } from '../dispatch/refusals';
import type { Dispatcher } from '../dispatch/run-decider';
import { bendsByHand, scoreByHand } from './score-by-hand';

export interface GiverPlace {
  readonly offerId: OfferId;
  readonly memberId: MemberId;
  readonly content: OfferContent;
}

export interface LearnerPlace {
  readonly requestId: RequestId;
  readonly memberId: MemberId;
  readonly content: RequestContent;
}

export interface Sides {
  readonly givers: readonly GiverPlace[];
  readonly learners: readonly LearnerPlace[];
}

/** What a hand-made proposal must know of the past, from a read model. */
export interface PairHistory {
  /** When it was recorded, last, that a match or an exchange of one of these givers with one of these learners ended (R16); null where none did. */
  lastTogether(networkId: NetworkId, givers: readonly MemberId[], learners: readonly MemberId[]): Promise<Instant | null>;
  /** How far a request's topic lies from an offer's at most; null where one stands near none, or is not known (any more). */
  topicSteps(offers: readonly Topic[], requests: readonly Topic[]): Promise<number | null>;
  /** The two have been in one held exchange (R9). */
  metBefore(networkId: NetworkId, one: MemberId, other: MemberId): Promise<boolean>;
}

export type FoundSide<Place> = { readonly found: Place } | { readonly missing: ApplicationRefusal };

/** An offer that can be asked for: published, or waiting for its review (R2 counts it so). */
export const openOffer = async (
  dispatcher: Pick<Dispatcher, 'loadState'>,
  networkId: NetworkId,
  offerId: OfferId,
): Promise<FoundSide<GiverPlace>> => {
  const { state } = await dispatcher.loadState('offer', offerId);
  if (state.status === 'unknown' || state.networkId !== networkId) return { missing: { code: 'offer-not-open', offerId } };
  if (state.status !== 'published' && state.status !== 'review-due') return { missing: { code: 'offer-not-open', offerId } };
  return { found: { offerId, memberId: state.memberId, content: state.content } };
};

/** A request that can be answered: published or waiting for its review, and held by no match (R11). */
export const openRequest = async (
  dispatcher: Pick<Dispatcher, 'loadState'>,
  networkId: NetworkId,
  requestId: RequestId,
): Promise<FoundSide<LearnerPlace>> => {
  const { state } = await dispatcher.loadState('request', requestId);
  if (state.status === 'unknown' || state.networkId !== networkId) return { missing: { code: 'request-not-open', requestId } };
  if (state.status !== 'published' && state.status !== 'review-due') return { missing: { code: 'request-not-open', requestId } };
  return { found: { requestId, memberId: state.memberId, content: state.content } };
};

/** All of them, or the first that is missing. */
export const allFound = <Place>(places: readonly FoundSide<Place>[]): FoundSide<readonly Place[]> => {
  const missing = places.find((place) => 'missing' in place);
  return missing ?? { found: places.flatMap((place) => ('found' in place ? [place.found] : [])) };
};

export const membersOf = ({ givers, learners }: Sides): readonly MemberId[] => [...givers, ...learners].map(({ memberId }) => memberId);

/** R9: a pair that met before; a group always meets a mediator. */
export const metBefore = async (history: PairHistory, networkId: NetworkId, { givers, learners }: Sides): Promise<boolean> => {
  const [giver, learner] = [givers[0], learners[0]];
  if (!giver || !learner || givers.length + learners.length > 2) return false;
  return history.metBefore(networkId, giver.memberId, learner.memberId);
};

/** R7, R16: what the decider must know of those who would meet, as it stands now. */
export const factsOf = async (history: PairHistory, networkId: NetworkId, { givers, learners }: Sides): Promise<ProposalFacts> => {
  const topics = (places: readonly { readonly content: { readonly topic: Topic } }[]): readonly Topic[] =>
    places.map(({ content }) => content.topic);
  const ids = (places: readonly { readonly memberId: MemberId }[]): readonly MemberId[] => places.map(({ memberId }) => memberId);
  const [topicSteps, lastTogether] = await Promise.all([
    history.topicSteps(topics(givers), topics(learners)),
    history.lastTogether(networkId, ids(givers), ids(learners)),
  ]);
  return {
    largestGroup: Math.min(...givers.map(({ content }) => content.largestGroup)),
    topicSteps,
    lastTogether,
  };
};

interface Proposed {
  readonly commandId: CommandId;
  readonly origin: MatchOrigin;
  readonly metBefore: boolean;
  readonly facts: ProposalFacts;
  readonly reason: string | null;
}

type Proposal = Extract<SentCommand, { type: 'ProposeMatch' }>['data'];

/** The first giver's offer tells topic, level and language; the largest of the smallest groups holds. */
export const proposalOf = ({ givers, learners }: Sides, proposed: Proposed): Proposal => {
  const [offers, requests] = [givers.map(({ content }) => content), learners.map(({ content }) => content)];
  const { topicSteps } = proposed.facts;
  const bends = bendsByHand(offers, requests, topicSteps);
  return {
    matchId: idFrom<MatchId>(proposed.commandId, 'match'),
    participants: [
      ...givers.map(({ memberId, offerId }) => ({ memberId, role: 'giver', offerId }) as const),
      ...learners.map(({ memberId, requestId }) => ({ memberId, role: 'learner', requestId }) as const),
    ],
    topicUri: givers[0]?.content.topic.uri ?? learners[0]?.content.topic.uri ?? null,
    level: givers[0]?.content.level ?? 'beginner',
    language: givers[0]?.content.language ?? 'fr',
    smallestGroup: Math.max(1, ...givers.map(({ content }) => content.smallestGroup)),
    ringId: null,
    metBefore: proposed.metBefore,
    score: scoreByHand(offers, requests, topicSteps),
    ...(bends.length > 0 ? { bends } : {}),
    origin: proposed.origin,
    reason: proposed.reason,
    facts: proposed.facts,
  };
};
