import type { ExchangeId, MatchId } from '#domain/ids';
import { event } from '#testing/examples/example-event';
import { instant } from '#testing/commands';
import { requestId } from '#testing/content';
import { agreement, pair } from '#testing/examples/match.examples';
import { ana, bo, dia } from '#testing/people';
import { following } from '#testing/histories/process-grammar';
import { agreedExchange } from './agreed-exchange.process';
import { engagement } from './engagement.process';
import { matchDeadlines } from './match-deadlines.process';
import { matchedRequests } from './matched-requests.process';
import { roundProposals } from './round-proposals.process';

const matchId = 'match-1' as MatchId;
const exchangeId = 'exchange-1' as ExchangeId;
const [gives, learns] = pair as [(typeof pair)[0] & { offerId: never }, (typeof pair)[1] & { requestId: never }];
const reserved = (memberId: typeof ana) => event('EngagementReserved', { matchId, memberId });
const release = (memberId: typeof ana) => ({ type: 'ReleaseEngagement', data: { memberId, matchId } }) as const;
const reopen = { type: 'ReopenRequest', data: { requestId: learns.requestId, matchId } } as const;

describe('a proposal and its participants', () => {
  const process = following(engagement);

  it('reserves on the stream of each participant (R11)', () => {
    process
      .given()
      .when(event('MatchProposed'))
      .then(
        { type: 'ReserveEngagement', data: { matchId, memberId: ana, role: 'giver', offerId: gives.offerId, requestId: null } },
        { type: 'ReserveEngagement', data: { matchId, memberId: bo, role: 'learner', offerId: null, requestId: learns.requestId } },
      );
  });

  it('opens the match once all have reserved, and not before (R11)', () => {
    process.given(event('MatchProposed')).when(reserved(ana)).then();
    process.given(event('MatchProposed'), reserved(ana)).when(reserved(bo)).then({ type: 'OpenMatch', data: { matchId } });
  });

  it('supersedes the match when one refuses, and releases the others (R11)', () => {
    const refused = event('EngagementRefused', { matchId, memberId: bo, reason: 'paused' });
    process
      .given(event('MatchProposed'), reserved(ana))
      .when(refused)
      .then({ type: 'SupersedeMatch', data: { matchId, memberId: bo, reason: 'paused' } });
    process.given(event('MatchProposed'), reserved(ana), refused).when(event('MatchSuperseded')).then(release(ana), release(bo));
  });

  it('gives back a reservation that comes after the end (R11)', () => {
    process.given(event('MatchProposed'), reserved(ana), event('MatchSuperseded')).when(reserved(bo)).then(release(bo));
  });

  it('waits no more for whoever declined before it opened (R10, R11)', () => {
    const three = event('MatchProposed', {
      participants: [...pair, { memberId: dia, role: 'learner', requestId: requestId('request-of-dia') }],
    });
    const declined = event('MatchDeclined', { memberId: bo, ends: false });
    const open = { type: 'OpenMatch', data: { matchId } } as const;
    process.given(three, reserved(ana), declined).when(reserved(dia)).then(open);
    process.given(three, reserved(ana), reserved(dia)).when(declined).then(release(bo), open);
  });

  it('releases whoever is dropped, and everybody when the exchange is held (R11)', () => {
    process
      .given(event('MatchProposed'))
      .when(event('MatchDeclined', { memberId: bo, ends: false }))
      .then(release(bo));
    process.given(event('MatchProposed')).when(event('ParticipantDropped')).then(release(bo));
    process
      .given(event('MatchProposed'))
      .when(event('MatchDeclined', { ends: true }))
      .then(release(ana), release(bo));
    process.given(event('MatchProposed')).when(event('ExchangeHeld')).then(release(ana), release(bo));
  });
});

describe('a match and its requests', () => {
  const opened = event('MatchOpened', { participants: pair });
  const released = event('EngagementReleased', { memberId: bo, matchId, role: 'learner' });
  const agreed = event('ExchangeAgreed', { participants: pair });
  const there = { memberId: bo, role: 'learner', minutesOutside: 0 } as const;
  const corrects = (was: typeof there | null, now: typeof there | null) => event('SessionCorrected', { memberId: bo, was, now });
  const session = event('SessionHeld', { present: [there] });
  const held = (present: readonly (typeof there)[]) => event('ExchangeHeld', { participants: pair, present });
  const meet = { type: 'MeetRequest', data: { requestId: learns.requestId, matchId, exchangeId } } as const;
  const process = following(matchedRequests);

  it('holds each learner’s request from the moment it opens', () => {
    process
      .given()
      .when(opened)
      .then({ type: 'MatchRequest', data: { requestId: learns.requestId, matchId } });
  });

  it('re-opens a request once its author’s place is released, whatever ended it (R11, §3)', () => {
    process.given(opened).when(released).then(reopen);
    process.given(opened, agreed, session).when(released).then(reopen);
    process
      .given(opened)
      .when(event('EngagementReleased', { memberId: ana, matchId, role: 'giver' }))
      .then();
  });

  it('says nothing of a place in a match that never opened', () => {
    process.given().when(released).then();
    const before = event('EngagementReleased', { memberId: bo, matchId: 'match-0' as MatchId, role: 'learner' });
    process.given(opened).when(before).then();
    process.given(opened, before).when(released).then(reopen);
  });

  it('keeps what becomes of one learner in order, match after match (R11)', () => {
    const next = event('MatchOpened', { matchId: 'match-2' as MatchId, participants: pair });
    const sharing = (one: Parameters<typeof matchedRequests.keys>[0], other: typeof one) =>
      matchedRequests.keys(one).some((key) => matchedRequests.keys(other).includes(key));
    const facts = [opened, released, agreed, session, corrects(there, null), held([there])] as never as (typeof next)[];
    for (const fact of facts) expect(sharing(fact as never, next as never)).toBe(true);
  });

  it('meets the request of a learner who was there, and re-opens that of one who was not, once (R12)', () => {
    const learnsToo = { memberId: dia, role: 'learner', requestId: requestId('request-of-dia') } as const;
    const both = [...pair, learnsToo];
    const before = [event('MatchOpened', { participants: both }), event('ExchangeAgreed', { participants: both }), session] as const;
    const then = event('ExchangeHeld', { participants: both, present: [there] });
    process
      .given(...before)
      .when(then)
      .then(meet, { type: 'ReopenRequest', data: { requestId: learnsToo.requestId, matchId } });
    process
      .given(...before, then)
      .when(released)
      .then();
    process
      .given(...before, then)
      .when(event('EngagementReleased', { memberId: dia, matchId, role: 'learner' }))
      .then();
  });

  it('follows what its author says later of having been there (R12, R21)', () => {
    process
      .given(opened, agreed, session, held([there]))
      .when(corrects(there, null))
      .then(reopen);
    process
      .given(opened, agreed, session, held([there]), corrects(there, null))
      .when(corrects(null, there))
      .then(meet);
    process.given(opened, agreed, held([])).when(corrects(null, there)).then(meet);
  });

  it('makes nothing of a correction before it was held, of minutes alone, or of one session among several (R12)', () => {
    process.given(opened, agreed, session).when(corrects(there, null)).then();
    process
      .given(opened, agreed, session, held([there]))
      .when(corrects(there, { ...there, minutesOutside: 5 } as never))
      .then();
    const second = event('SessionHeld', { present: [there], sessionId: 'session-2' as never });
    process
      .given(opened, agreed, session, second, held([there]))
      .when(corrects(there, null))
      .then();
  });

  it('seeks anew for whoever dropped out, whatever they correct later (§3)', () => {
    const dropped = event('ParticipantDropped', { participant: learns, memberId: bo, role: 'learner' });
    process.given(opened, agreed, session, dropped).when(released).then(reopen);
    process.given(opened, agreed, session, dropped, released).when(corrects(there, null)).then();
  });
});

describe('the windows of a match', () => {
  const answerBy = instant('2026-03-16T09:00:00Z');
  const lapseAt = instant('2026-05-15T09:00:00Z');
  const process = following(matchDeadlines);

  it('ends the acceptance window that opened (R10)', () => {
    process.given(event('MatchOpened')).whenDue('answer', matchId).then({ type: 'EndAcceptanceWindow', data: { matchId, answerBy } });
  });

  it('waits no longer for answers once confirmed, but for an agreement (R10)', () => {
    const followed = process.given(event('MatchOpened'), event('MatchConfirmed'));
    expect(followed.due('answer', matchId)).toBeNull();
    followed.whenDue('lapse', matchId).then({ type: 'LapseMatch', data: { matchId, lapseAt } });
  });

  it('waits for nothing once agreed; a waived connection still waits for the others to confirm (R9)', () => {
    expect(process.given(event('MatchConfirmed'), event('AgreementReached')).due('lapse', matchId)).toBeNull();
    expect(process.given(event('MatchConfirmed'), event('AgreementReached', { awaiting: [bo] })).due('lapse', matchId)).toBe(lapseAt);
  });
});

describe('an agreement', () => {
  const open = {
    type: 'OpenExchange',
    data: {
      exchangeId,
      matchId,
      participants: pair,
      mediatorId: 'moe',
      topicUri: 'https://example.org/topics/pivot-tables',
      textOwner: ana,
      agreement,
    },
  } as never;

  it('opens the exchange at once when a mediator recorded it (R8)', () => {
    following(agreedExchange).given().when(event('AgreementReached')).then(open);
  });

  it('waits for the last confirmation where the connection was waived (R9)', () => {
    following(agreedExchange)
      .given()
      .when(event('AgreementReached', { awaiting: [bo] }))
      .then();
    following(agreedExchange)
      .given(event('AgreementReached', { awaiting: [bo] }))
      .when(event('AgreementConfirmed', { awaiting: [] }))
      .then(open);
  });
});

it('proposes each match that a round found', () => {
  const found = event('MatchesFound');
  const [match] = found.data.matches;
  following(roundProposals)
    .given()
    .when(found)
    .then({ type: 'ProposeMatch', data: { ...match, origin: { kind: 'round', roundId: 'round-1' }, facts: null } } as never);
});
