import type { MemberId, NetworkId, OfferId } from '#domain/ids';
import type { OfferEvent } from '#domain/offer/offer.events';
import { event, id, instant, oneOf, personal, type PersonalMark, type SchemasOf } from './schema-kit';
import { offerContent } from './vocabulary.schemas';

const AUTHOR: PersonalMark = { owner: '/memberId', key: 'member' };
/** Whoever contests or settles writes about another person: a key of that author and this stream (R19). */
export const CASE: PersonalMark = { owner: '/by', key: 'stream' };
const ids = () => ({ offerId: id<OfferId>(), memberId: id<MemberId>(), networkId: id<NetworkId>() });

export const contestKind = () => oneOf('not-professional', 'a-service', 'misleading', 'confidential');

export const offerSchemas: SchemasOf<OfferEvent> = {
  OfferDrafted: event('A first wording that only its author sees.', { ...ids(), content: offerContent(AUTHOR) }),
  OfferPublished: event('The offer is in the directory, to be reviewed by then.', {
    ...ids(),
    content: offerContent(AUTHOR),
    reviewDueAt: instant(),
  }),
  OfferRevised: event('The whole content as its author wants it from now on.', { ...ids(), content: offerContent(AUTHOR) }),
  OfferReviewDue: event('Its author is asked whether it still stands; it lapses without an answer.', { ...ids(), lapseAt: instant() }),
  OfferConfirmed: event('Its author says that it still stands.', { ...ids(), reviewDueAt: instant() }),
  OfferLapsed: event('The review window ended without an answer.', ids()),
  OfferPaused: event('In no new match for now.', ids()),
  OfferResumed: event('Back in the directory.', { ...ids(), reviewDueAt: instant() }),
  OfferWithdrawn: event('Its author took it back.', ids()),
  OfferContested: event('A member contests what the author declared (R14).', {
    ...ids(),
    by: id<MemberId>(),
    kind: contestKind(),
    text: personal(CASE),
    settleBy: instant(),
  }),
  OfferContestSettled: event('A facilitator kept it or took it down (R14).', {
    ...ids(),
    by: id<MemberId>(),
    outcome: oneOf('kept', 'taken-down'),
    text: personal(CASE),
  }),
};
