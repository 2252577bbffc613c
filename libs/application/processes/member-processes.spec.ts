import type { ExchangeId, MatchId, MemberId } from '#domain/ids';
import { event } from '#testing/examples/example-event';
import { instant } from '#testing/commands';
import { offerId, requestId } from '#testing/content';
import { lyon } from '#testing/network-facts';
import { pair } from '#testing/examples/match.examples';
import { ana, bo } from '#testing/people';
import { following } from '#testing/histories/process-grammar';
import { enrolment } from './enrolment.process';
import { reciprocity } from './reciprocity.process';
import { offerReviews, requestReviews } from './reviews.process';
import { withdrawal } from './withdrawal.process';

const matchId = 'match-1' as MatchId;
const exchangeId = 'exchange-1' as ExchangeId;
const [offer, request] = [offerId('offer-of-ana'), requestId('request-of-ana')];
const offered = event('OfferPublished', { memberId: ana, offerId: offer });
const requested = event('RequestPublished', { memberId: ana, requestId: request });

describe('an entry', () => {
  const process = following(enrolment);

  it('publishes the offers and requests that the enrolment carries (R1)', () => {
    const enrolled = event('MemberEnrolled', { memberId: ana });
    const { offers, requests } = enrolled.data;
    process
      .given()
      .when(enrolled)
      .then(
        ...offers.map(({ offerId, content }) => ({ type: 'PublishOffer', data: { offerId, memberId: ana, content } }) as const),
        ...requests.map(({ requestId, content }) => ({ type: 'PublishRequest', data: { requestId, memberId: ana, content } }) as const),
      );
  });

  it('erases an entry on behalf that the person never confirms (R6)', () => {
    const pending = event('MembershipRequested', { memberId: ana, confirmBy: instant('2026-04-01T09:00:00Z') });
    process
      .given(pending)
      .whenDue('erasure', ana)
      .then({ type: 'ErasePersonalData', data: { memberId: ana, ground: 'entry-not-confirmed' } });
    expect(process.given(pending, event('MemberEnrolled', { memberId: ana })).due('erasure', ana)).toBeNull();
  });

  it('asks again from now on, where the moment passed while nothing ran', () => {
    const row = { memberId: ana, ground: 'approved', ordered: true } as const;
    const due = { key: ana, name: 'erasure', at: instant('2026-03-01T09:00:00Z') };
    expect(enrolment.next?.(row, due, instant('2026-03-09T09:00:00Z'))).toEqual({ erasure: '2026-03-09T09:02:00.000Z' });
  });

  it('carries out an erasure once a second person approved it (R19)', () => {
    process
      .given(event('MembershipRequested', { memberId: ana, confirmBy: null }), event('MemberEnrolled', { memberId: ana }))
      .when(event('ErasureApproved', { memberId: ana }))
      .then({ type: 'ErasePersonalData', data: { memberId: ana, ground: 'approved' } });
  });
});

describe('an erasure under a legal hold', () => {
  const process = following(enrolment);
  const enrolled = [event('MembershipRequested', { memberId: ana, confirmBy: null }), event('MemberEnrolled', { memberId: ana })];
  const until = instant('2026-05-01T09:00:00Z');
  const deferred = event('ErasureDeferred', { memberId: ana, until });
  const approved = event('ErasureApproved', { memberId: ana });

  it('waits for its approval, however the hold ends (R19)', () => {
    expect(process.given(...enrolled, deferred).due('erasure', ana)).toBeNull();
    process
      .given(...enrolled, deferred)
      .when(approved)
      .then({ type: 'ErasePersonalData', data: { memberId: ana, ground: 'approved' } });
  });

  it('is carried out at the end of the hold where it was approved before (R19)', () => {
    expect(process.given(...enrolled, approved, deferred).due('erasure', ana)).toBe(until);
  });

  it('keeps an entry that nobody confirms until the hold ends (R6)', () => {
    const pending = event('MembershipRequested', { memberId: ana, confirmBy: instant('2026-04-01T09:00:00Z') });
    process
      .given(pending, deferred)
      .whenDue('erasure', ana)
      .then({ type: 'ErasePersonalData', data: { memberId: ana, ground: 'entry-not-confirmed' } });
  });
});

describe('reciprocity', () => {
  const process = following(reciprocity);
  const withdrawn = event('OfferWithdrawn', { memberId: ana, offerId: offer });
  const lost = event('ReciprocityLost', { memberId: ana, missing: 'offer', graceEndsAt: instant('2026-06-01T09:00:00Z') });

  it('is lost with the last published offer, and not before (R2)', () => {
    process
      .given(offered, requested)
      .when(withdrawn)
      .then({ type: 'LoseReciprocity', data: { memberId: ana, missing: 'offer' } });
    process
      .given(offered, event('OfferPublished', { memberId: ana, offerId: offerId('another') }), requested)
      .when(withdrawn)
      .then();
  });

  it('is lost with the last open request: met is no longer open (R2)', () => {
    process
      .given(offered, requested)
      .when(event('RequestMet', { memberId: ana, requestId: request }))
      .then({ type: 'LoseReciprocity', data: { memberId: ana, missing: 'request' } });
  });

  it('is no loss while the first pair is being published (R1)', () => {
    process.given().when(offered).then();
  });

  it('suspends at the end of the grace that was lost, and names that window (R2)', () => {
    process
      .given(offered, requested, withdrawn, lost)
      .whenDue('grace', ana)
      .then({ type: 'SuspendMember', data: { memberId: ana, graceEndsAt: instant('2026-06-01T09:00:00Z') } });
  });

  it('is restored by publishing again (R2)', () => {
    process
      .given(offered, requested, withdrawn, lost)
      .when(offered)
      .then({ type: 'RestoreReciprocity', data: { memberId: ana } });
  });

  it('is restored where publishing and its loss crossed (R2)', () => {
    process
      .given(offered, requested, withdrawn, offered)
      .when(lost)
      .then({ type: 'RestoreReciprocity', data: { memberId: ana } });
    process.given(offered, requested, withdrawn).when(lost).then();
  });

  it('stops the clock during a pause, and ends the pause at its date (R2)', () => {
    const paused = event('MemberPaused', { memberId: ana, until: instant('2026-05-01T09:00:00Z') });
    const followed = process.given(offered, requested, withdrawn, lost, paused);
    expect(followed.due('grace', ana)).toBeNull();
    followed.whenDue('pause', ana).then({ type: 'ResumeMembership', data: { memberId: ana } });
  });
});

describe('reviews', () => {
  it('calls a published offer to review, then lets it lapse, unless confirmed', () => {
    const due = event('OfferReviewDue', { offerId: offer, memberId: ana });
    const { reviewDueAt } = offered.data;
    const { lapseAt } = due.data;
    following(offerReviews)
      .given(offered)
      .whenDue('review', offer)
      .then({ type: 'CallOfferReview', data: { offerId: offer, reviewDueAt } });
    following(offerReviews)
      .given(offered, due)
      .whenDue('lapse', offer)
      .then({ type: 'LapseOffer', data: { offerId: offer, lapseAt } });
    expect(
      following(offerReviews)
        .given(offered, due, event('OfferConfirmed', { offerId: offer }))
        .due('lapse', offer),
    ).toBeNull();
  });

  it('lets a request rest while a match holds it', () => {
    expect(
      following(requestReviews)
        .given(requested, event('RequestMatched', { requestId: request }))
        .due('review', request),
    ).toBeNull();
  });
});

describe('who goes', () => {
  const process = following(withdrawal);
  const opened = event('MatchOpened', { participants: pair });
  const decline = (reason: string) => ({ type: 'DeclineMatch', data: { matchId, memberId: ana, reason } }) as never;

  it('declines what is not confirmed when they pause, and nothing that is (R16)', () => {
    process
      .given(opened)
      .when(event('MemberPaused', { memberId: ana }))
      .then(decline('paused'));
    process
      .given(opened, event('MatchConfirmed', { participants: pair, dropped: [] }))
      .when(event('MemberPaused', { memberId: ana }))
      .then();
  });

  it('declines a match whose offer is withdrawn before confirmation', () => {
    process
      .given(opened)
      .when(event('OfferWithdrawn', { memberId: ana, offerId: offer }))
      .then(decline('offer-gone'));
  });

  it('declines at once a match that opens after they went', () => {
    process
      .given(event('MemberPaused', { memberId: ana }))
      .when(opened)
      .then(decline('paused'));
  });

  const handOver = (memberId: MemberId) => ({ type: 'RemoveMediator', data: { networkId: lyon, memberId } }) as const;

  it('takes along, when leaving, matches not agreed, exchanges not held, offers, requests and the task of a mediator (R9)', () => {
    const agreed = event('ExchangeAgreed', { participants: pair, matchId: 'match-0' as MatchId });
    process
      .given(offered, requested, agreed, opened, event('MatchConfirmed', { participants: pair, dropped: [] }))
      .when(event('MemberLeft', { memberId: ana }))
      .then(
        decline('left'),
        { type: 'DropOut', data: { exchangeId, memberId: ana, reason: 'left-network' } },
        { type: 'WithdrawOffer', data: { offerId: offer } },
        { type: 'WithdrawRequest', data: { requestId: request } },
        handOver(ana),
      );
  });

  it('withdraws what is published in the moment of leaving (§3)', () => {
    const left = event('MemberLeft', { memberId: ana });
    process
      .given(left)
      .when(offered)
      .then({ type: 'WithdrawOffer', data: { offerId: offer } });
    process
      .given(left)
      .when(requested)
      .then({ type: 'WithdrawRequest', data: { requestId: request } });
  });

  it('does not withdraw, when leaving, a request that is met', () => {
    process
      .given(requested, event('RequestMet', { memberId: ana, requestId: request }))
      .when(event('MemberLeft', { memberId: ana }))
      .then(handOver(ana));
  });

  it('leaves a held exchange alone', () => {
    const agreed = event('ExchangeAgreed', { participants: pair });
    process
      .given(agreed, event('ExchangeHeld', { participants: pair }))
      .when(event('MemberLeft', { memberId: bo }))
      .then(handOver(bo));
  });
});
