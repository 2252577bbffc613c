import type { ExchangeId, MatchId, MemberId, NetworkId, RequestId } from '#domain/ids';
import type { RequestEvent } from '#domain/request/request.events';
import { CASE, contestKind } from './offer.schemas';
import { event, id, instant, nullable, oneOf, personal, record, type PersonalMark, type SchemasOf } from './schema-kit';
import { requestContent } from './vocabulary.schemas';

const AUTHOR: PersonalMark = { owner: '/memberId', key: 'member' };
const ids = () => ({ requestId: id<RequestId>(), memberId: id<MemberId>(), networkId: id<NetworkId>() });
const resumedOpen = () => ({ ...ids(), reviewDueAt: instant() });
const match = () => ({ matchId: id<MatchId>() });

export const requestSchemas: SchemasOf<RequestEvent> = {
  RequestDrafted: event('A first wording that only its author sees.', { ...ids(), content: requestContent(AUTHOR) }),
  RequestPublished: event('The request is open, to be reviewed by then.', {
    ...ids(),
    content: requestContent(AUTHOR),
    reviewDueAt: instant(),
  }),
  RequestRevised: event('The whole content as its author wants it from now on.', { ...ids(), content: requestContent(AUTHOR) }),
  RequestReviewDue: event('Its author is asked whether it still stands; it lapses without an answer.', { ...ids(), lapseAt: instant() }),
  RequestConfirmed: event('Its author says that it still stands.', { ...ids(), reviewDueAt: instant() }),
  RequestLapsed: event('The review window ended without an answer.', ids()),
  RequestPaused: event('In no new match for now.', ids()),
  RequestResumed: event(
    'Published again: open, or held by the match that held it all the while.',
    { ...resumedOpen(), heldBy: nullable(id<MatchId>()) },
    [
      // Before, a request that was resumed was open again, whatever held it.
      { from: record(resumedOpen()), to: (data) => ({ heldBy: null, ...data }) },
    ],
  ),
  RequestWithdrawn: event('Its author took it back.', ids()),
  RequestContested: event('A member contests what the author declared (R14).', {
    ...ids(),
    by: id<MemberId>(),
    kind: contestKind(),
    text: personal(CASE),
    settleBy: instant(),
  }),
  RequestContestSettled: event('A facilitator kept it or took it down (R14).', {
    ...ids(),
    by: id<MemberId>(),
    outcome: oneOf('kept', 'taken-down'),
    text: personal(CASE),
  }),
  RequestMatched: event('An opened match holds the request (R11).', { ...ids(), ...match() }),
  RequestMet: event('The exchange of this match was held with its author.', { ...ids(), ...match(), exchangeId: id<ExchangeId>() }),
  RequestReopened: event('The match that held it came to nothing for its author; its review window goes on.', {
    ...ids(),
    ...match(),
    reviewDueAt: instant(),
  }),
};
