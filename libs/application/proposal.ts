import type { CommandId } from '#kernel/id';
import type { MatchId, MemberId, NetworkId, OfferId, RequestId } from '#domain/ids';
import type { MatchOrigin } from '#domain/match/match.events';
import type { FoundMatch } from '#domain/round/round.events';
import type { OfferContent, RequestContent } from '#domain/vocabulary';
import { idFrom } from './ids-from';
import type { ApplicationRefusal } from './refusals';
import type { Dispatcher } from './run-decider';
import { scoreByHand } from './score-by-hand';

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
  /** The two have been in one held exchange (R9). */
  metBefore(networkId: NetworkId, one: MemberId, other: MemberId): Promise<boolean>;
}

export type Found<Place> = { readonly found: Place } | { readonly missing: ApplicationRefusal };

/** An offer that can be asked for: published, or waiting for its review (R2 counts it so). */
export const openOffer = async (dispatcher: Dispatcher, networkId: NetworkId, offerId: OfferId): Promise<Found<GiverPlace>> => {
  const { state } = await dispatcher.loadState('offer', offerId);
  if (state.status === 'unknown' || state.networkId !== networkId) return { missing: { code: 'offer-not-open', offerId } };
  if (state.status !== 'published' && state.status !== 'review-due') return { missing: { code: 'offer-not-open', offerId } };
  return { found: { offerId, memberId: state.memberId, content: state.content } };
};

/** A request that can be answered: published or waiting for its review, and held by no match (R11). */
export const openRequest = async (dispatcher: Dispatcher, networkId: NetworkId, requestId: RequestId): Promise<Found<LearnerPlace>> => {
  const { state } = await dispatcher.loadState('request', requestId);
  if (state.status === 'unknown' || state.networkId !== networkId) return { missing: { code: 'request-not-open', requestId } };
  if (state.status !== 'published' && state.status !== 'review-due') return { missing: { code: 'request-not-open', requestId } };
  return { found: { requestId, memberId: state.memberId, content: state.content } };
};

/** All of them, or the first that is missing. */
export const allFound = <Place>(places: readonly Found<Place>[]): Found<readonly Place[]> => {
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

interface Proposed {
  readonly commandId: CommandId;
  readonly origin: MatchOrigin;
  readonly metBefore: boolean;
}

/** The first giver's offer tells topic, level and language; the largest of the smallest groups holds. */
export const proposalOf = ({ givers, learners }: Sides, proposed: Proposed): FoundMatch & { readonly origin: MatchOrigin } => ({
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
  score: scoreByHand(
    givers.map(({ content }) => content),
    learners.map(({ content }) => content),
  ),
  origin: proposed.origin,
});
