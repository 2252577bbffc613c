import type { Instant } from '#kernel/id';
import { addDays, addMinutes } from '#domain/calendar';
import type { SentCommand } from '#domain/catalogue';
import { courseOf, isOpen, type ExchangeState, type KnownExchange } from '#domain/exchange/exchange.state';
import type { CriterionId, DisputeId, ExchangeId, MatchId, MemberId, OfferId, RequestId, RoundId, SessionId } from '#domain/ids';
import type { KnownMatch, MatchState } from '#domain/match/match.state';
import type { KnownOffer, OfferState } from '#domain/offer/offer.state';
import type { KnownRequest, RequestState } from '#domain/request/request.state';
import type { DomainActor, Participant } from '#domain/vocabulary';
import { salt } from '#testing/histories/exchange-story';
import { offerContent, requestContent } from '#testing/content';
import {
  ana,
  asDataProtectionOfficer,
  asFacilitator,
  asMediator,
  asMember,
  bo,
  cleo,
  dia,
  eli,
  moe,
  pam,
  quin,
  system,
} from '#testing/people';
import type { LogContents } from './lagging-processes.fixture';

export const everybody: readonly MemberId[] = [ana, bo, cleo, dia, eli];

/** What stands, for a person to act upon. */
export interface Stage {
  readonly now: Instant;
  /** Tells one act's ids from another's. */
  readonly number: number;
  readonly offers: readonly KnownOffer[];
  readonly requests: readonly KnownRequest[];
  readonly matches: readonly KnownMatch[];
  readonly exchanges: readonly KnownExchange[];
}

export interface Act {
  readonly order: SentCommand;
  readonly by: DomainActor;
}

const all = <State extends { readonly status: string }>({ states }: LogContents, category: string) =>
  [...states].filter(([stream]) => stream.startsWith(`${category}-`)).map(([, state]) => state as State);
const known = <State extends { readonly status: string }>(states: readonly State[]) =>
  states.filter((state): state is Exclude<State, { readonly status: 'unknown' }> => state.status !== 'unknown');

export const stageOf = (seen: LogContents, now: Instant, number: number): Stage => ({
  now,
  number,
  offers: known(all<OfferState>(seen, 'offer')),
  requests: known(all<RequestState>(seen, 'request')),
  matches: known(all<MatchState>(seen, 'match')),
  exchanges: known(all<ExchangeState>(seen, 'exchange')),
});

const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];
const one = (by: DomainActor, order: SentCommand): readonly Act[] => [{ by, order }];
const opened = ({ exchanges }: Stage): readonly KnownExchange[] => exchanges.filter((state) => isOpen(courseOf(state)));
const presenceOf = ({ memberId, role }: Participant) => ({ memberId, role, minutesOutside: 5 });
const scores = { topic: 1, level: 1, language: 1, distance: 1, availability: 1, reciprocity: 1, waiting: 1, total: 1 };

const propose = ({ offers, requests, number }: Stage, a: number, b: number): readonly Act[] => {
  const offer = pick(offers, a);
  const sought = requests.filter(({ memberId }) => memberId !== offer?.memberId);
  const first = pick(sought, b);
  const second = pick(
    sought.filter(({ memberId }) => memberId !== first?.memberId),
    a,
  );
  if (!offer || !first) return [];
  const learners = [first, ...(b % 3 === 0 && second ? [second] : [])];
  const asks = a % 4 === 1;
  const data = {
    matchId: `match-${number}` as MatchId,
    participants: [
      { memberId: offer.memberId, role: 'giver', offerId: offer.offerId } as const,
      ...learners.map(({ memberId, requestId }) => ({ memberId, role: 'learner', requestId }) as const),
    ],
    topicUri: null,
    level: 'beginner',
    language: 'fr',
    smallestGroup: learners.length > 1 && a % 2 === 0 ? 2 : 1,
    ringId: null,
    metBefore: a % 3 === 0,
    score: scores,
    facts: { largestGroup: 3, oneTopic: true, lastTogether: null },
    origin: asks ? ({ kind: 'member', by: first.memberId } as const) : ({ kind: 'round', roundId: 'round-1' as RoundId } as const),
  } as const;
  return one(asks ? asMember(first.memberId) : system, { type: 'ProposeMatch', data });
};

const accept = ({ matches }: Stage, a: number): readonly Act[] => {
  const match = pick(
    matches.filter(({ status }) => status === 'opened'),
    a,
  );
  return (match?.participants ?? []).flatMap(({ memberId }, index) =>
    a % 5 === 0 && index === 0 ? [] : one(asMember(memberId), { type: 'AcceptMatch', data: { matchId: match!.matchId, memberId } }),
  );
};

const decline = ({ matches }: Stage, a: number, b: number): readonly Act[] => {
  const match = pick(
    matches.filter(({ status }) => status === 'opened' || status === 'proposed'),
    a,
  );
  const place = match && pick(match.participants, b);
  if (!place) return [];
  return one(asMember(place.memberId), {
    type: 'DeclineMatch',
    data: { matchId: match.matchId, memberId: place.memberId, reason: 'no-time' },
  });
};

/** A learner of the match that opened last wants it no more. */
const declineLast = ({ matches }: Stage): readonly Act[] => {
  const match = matches.findLast(({ status }) => status === 'opened');
  const place = match?.participants.find(({ role }) => role === 'learner');
  if (!match || !place) return [];
  const { memberId } = place;
  return one(asMember(memberId), { type: 'DeclineMatch', data: { matchId: match.matchId, memberId, reason: 'no-time' } });
};

const agreementAt = (now: Instant, number: number) => ({
  content: 'Tableaux',
  method: 'Côte à côte',
  place: 'Salle 2',
  sessions: [1, 2].map((day) => ({ sessionId: `s${number}-${day}` as SessionId, start: addDays(now, day), minutes: 60 })),
  criteria: [{ criterionId: 'c1' as CriterionId, text: 'Sait filtrer' }],
});

/** As far as it goes in one sitting: connection and agreement, or the next confirmation where it is waived. */
const agree = ({ matches, now, number }: Stage, a: number): readonly Act[] => {
  const match = pick(
    matches.filter(({ status }) => ['confirmed', 'connection-planned', 'awaiting-confirmation'].includes(status)),
    a,
  );
  if (!match) return [];
  const { matchId } = match;
  if (match.status === 'awaiting-confirmation')
    return match.awaiting.flatMap((memberId) => one(asMember(memberId), { type: 'ConfirmAgreement', data: { matchId, memberId } }));
  const record = {
    type: 'RecordAgreement',
    data: { matchId, exchangeId: `of-${matchId}` as ExchangeId, agreement: agreementAt(now, number) },
  } as const;
  if (match.connectionWaived && a % 2 === 0) return one(asMember(match.participants[0]!.memberId), record);
  const connect = { type: 'PlanConnection', data: { matchId, mediatorId: moe, start: addDays(now, 1), place: 'Salle 1' } } as const;
  return [...one(asMediator(), connect), ...(a % 3 === 0 ? [] : one(asMediator(), record))];
};

const giveUp = ({ matches }: Stage, a: number): readonly Act[] => {
  const match = pick(matches, a);
  return match ? one(asMediator(), { type: 'GiveUpAgreement', data: { matchId: match.matchId, reason: 'other' } }) : [];
};

const report = (stage: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(opened(stage), a);
  if (!state) return [];
  const { exchangeId, everyone, participants, planned } = courseOf(state);
  const there = b % 4 === 0 ? everyone.slice(b % everyone.length) : everyone;
  const session = planned[0];
  const start = session && session.start <= stage.now ? session.start : addMinutes(stage.now, -90);
  const sessionId = session?.sessionId ?? (`extra-${stage.number}` as SessionId);
  const data = { exchangeId, sessionId, start, minutes: 60, present: there.map(presenceOf) };
  return one(asMember(pick(participants, b)!.memberId), { type: 'ReportSession', data });
};

const hold = (stage: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(opened(stage), a);
  if (!state) return [];
  const { exchangeId, everyone } = courseOf(state);
  const confirming = b % 4 === 0 ? everyone.slice(0, 1) : everyone;
  return confirming.flatMap(({ memberId }) => one(asMember(memberId), { type: 'ConfirmHeld', data: { exchangeId } }));
};

const settle = (stage: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(opened(stage), a);
  const outcome = b % 2 === 0 ? 'held' : 'not-held';
  return state ? one(asMediator(), { type: 'SettleHeld', data: { exchangeId: courseOf(state).exchangeId, outcome } }) : [];
};

const evaluate = ({ exchanges }: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(exchanges, a);
  if (!state) return [];
  const { exchangeId, everyone, criteria } = courseOf(state);
  const form = { overall: 4, criteria: criteria.map((criterionId) => ({ criterionId, score: 4 })), again: true, comment: null };
  return everyone
    .filter((_, index) => b % 3 !== 0 || index > 0)
    .flatMap(({ memberId, role }) =>
      one(asMember(memberId), {
        type: 'SubmitEvaluation',
        data: { exchangeId, form: { ...form, usable: role === 'learner' ? 5 : null }, salt },
      }),
    );
};

const correct = ({ exchanges }: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(
    exchanges.filter((each) => courseOf(each).sessions.length > 0),
    a,
  );
  if (!state) return [];
  const { exchangeId, everyone, sessions } = courseOf(state);
  const [place, session] = [pick(everyone, b)!, pick(sessions, a)];
  const now = b % 2 === 0 ? null : { ...presenceOf(place), minutesOutside: b % 60 };
  const { memberId } = place;
  return session
    ? one(asMember(memberId), { type: 'CorrectSession', data: { exchangeId, sessionId: session.sessionId, memberId, now } })
    : [];
};

const disturb = (stage: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(opened(stage), a);
  if (!state) return [];
  const { exchangeId, everyone, planned } = courseOf(state);
  const { memberId } = pick(everyone, b)!;
  const moved = { sessionId: planned[0]?.sessionId ?? (`s-${stage.number}` as SessionId), start: addDays(stage.now, 5), minutes: 45 };
  const acts: readonly SentCommand[] = [
    { type: 'RescheduleSession', data: { exchangeId, sessionId: moved.sessionId, to: moved } },
    { type: 'DropOut', data: { exchangeId, memberId, reason: 'own-choice' } },
    { type: 'CancelExchange', data: { exchangeId, reason: 'other' } },
    { type: 'InterruptExchange', data: { exchangeId, reason: 'other' } },
    { type: 'ReportNoShow', data: { exchangeId, sessionId: moved.sessionId, memberId } },
  ];
  return one(asMember(memberId), pick(acts, a + b)!);
};

const dispute = ({ exchanges, number }: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(exchanges, a);
  if (!state) return [];
  const { exchangeId, everyone } = courseOf(state);
  const disputeId = `dispute-${number}` as DisputeId;
  return one(asMember(pick(everyone, b)!.memberId), {
    type: 'DisputeExchange',
    data: { exchangeId, disputeId, kind: 'content', text: '…' },
  });
};

/** A facilitator settles each open dispute. */
export const settleDisputes = ({ exchanges }: Stage, a: number): readonly Act[] =>
  exchanges.flatMap((state) =>
    state.status !== 'disputed'
      ? []
      : one(asFacilitator(), {
          type: 'SettleDispute',
          data: { exchangeId: state.former.exchangeId, disputeId: state.disputeId, outcome: a % 2 === 0 ? 'goes-on' : 'closed', text: '…' },
        }),
  );

/** A mediator settles each one-sided report; what nobody came to was not held (R12). */
export const settleReports = (stage: Stage): readonly Act[] =>
  opened(stage)
    .map(courseOf)
    .filter(({ sessions }) => sessions.length > 0)
    .flatMap(({ exchangeId, mediatorId }) =>
      (['held', 'not-held'] as const).flatMap((outcome) =>
        one(mediatorId === null ? asFacilitator() : asMediator(), { type: 'SettleHeld', data: { exchangeId, outcome } }),
      ),
    );

const ofMember = ({ now }: Stage, a: number, b: number): readonly Act[] => {
  const memberId = pick(everybody, a)!;
  const acts: readonly SentCommand[] = [
    { type: 'PauseMembership', data: { memberId, until: addDays(now, 5 + (b % 100)) } },
    { type: 'ResumeMembership', data: { memberId } },
    { type: 'SetCapacity', data: { memberId, capacity: 1 + (b % 3) } },
    { type: 'EnrolMember', data: { memberId, offers: [], requests: [] } },
    { type: 'LeaveNetwork', data: { memberId, reason: null } },
    { type: 'EnrolMember', data: { memberId, offers: [], requests: [] } },
    { type: 'ResumeMembership', data: { memberId } },
  ];
  return one(asMember(memberId), pick(acts, b)!);
};

const erase = (_: Stage, a: number, b: number): readonly Act[] => {
  const memberId = pick(everybody, a)!;
  return [
    { by: asDataProtectionOfficer(pam), order: { type: 'AskForErasure', data: { memberId } } },
    { by: asDataProtectionOfficer(quin), order: { type: 'ApproveErasure', data: { memberId } } },
    ...(b % 2 === 0 ? [] : one(asDataProtectionOfficer(pam), { type: 'DeferErasure', data: { memberId, until: addDays(_.now, 20) } })),
  ];
};

const publish = ({ number }: Stage, a: number, b: number): readonly Act[] => {
  const memberId = pick(everybody, a)!;
  const [offerId, requestId] = [`offer-${number}` as OfferId, `request-${number}` as RequestId];
  return one(
    asMember(memberId),
    b % 2 === 0
      ? { type: 'PublishOffer', data: { offerId, memberId, content: offerContent() } }
      : { type: 'PublishRequest', data: { requestId, memberId, content: requestContent() } },
  );
};

const ofOffer = ({ offers }: Stage, a: number, b: number): readonly Act[] => {
  const offer = pick(offers, a);
  if (!offer) return [];
  const { offerId, memberId } = offer;
  const by = asMember(memberId);
  const acts: readonly Act[] = [
    { by, order: { type: 'PauseOffer', data: { offerId } } },
    { by, order: { type: 'ResumeOffer', data: { offerId } } },
    { by, order: { type: 'ConfirmOffer', data: { offerId } } },
    { by, order: { type: 'WithdrawOffer', data: { offerId } } },
    { by: asMember(memberId === ana ? bo : ana), order: { type: 'ContestOffer', data: { offerId, kind: 'a-service', text: '…' } } },
    { by: asFacilitator(), order: { type: 'SettleOfferContest', data: { offerId, outcome: 'taken-down', text: '…' } } },
    { by, order: { type: 'ResumeOffer', data: { offerId } } },
  ];
  return [pick(acts, b)!];
};

const ofRequest = ({ requests }: Stage, a: number, b: number): readonly Act[] => {
  const request = pick(requests, a);
  if (!request) return [];
  const { requestId, memberId } = request;
  const by = asMember(memberId);
  const acts: readonly Act[] = [
    { by, order: { type: 'PauseRequest', data: { requestId } } },
    { by, order: { type: 'ResumeRequest', data: { requestId } } },
    { by, order: { type: 'ConfirmRequest', data: { requestId } } },
    { by, order: { type: 'WithdrawRequest', data: { requestId } } },
    { by: asMember(memberId === ana ? bo : ana), order: { type: 'ContestRequest', data: { requestId, kind: 'a-service', text: '…' } } },
    { by: asFacilitator(), order: { type: 'SettleRequestContest', data: { requestId, outcome: 'kept', text: '…' } } },
    { by, order: { type: 'ResumeRequest', data: { requestId } } },
  ];
  return [pick(acts, b)!];
};

/** What people do, by name, with how often; each picks by two numbers what it is done to. */
export const acts = {
  propose: [9, propose],
  accept: [9, accept],
  decline: [2, decline],
  declineLast: [1, declineLast],
  agree: [9, agree],
  giveUp: [1, giveUp],
  report: [8, report],
  hold: [7, hold],
  settle: [1, settle],
  evaluate: [3, evaluate],
  correct: [4, correct],
  disturb: [3, disturb],
  dispute: [3, dispute],
  settleDisputes: [2, settleDisputes],
  ofMember: [5, ofMember],
  erase: [1, erase],
  publish: [4, publish],
  ofOffer: [3, ofOffer],
  ofRequest: [4, ofRequest],
} as const satisfies Record<string, readonly [number, (stage: Stage, a: number, b: number) => readonly Act[]]>;
