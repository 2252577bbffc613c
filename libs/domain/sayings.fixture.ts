import { command, now, type Circumstances } from '#testing/commands';
import { draftedOffer, draftedRequest, offerContent, offerId, profile, requestContent, requestId } from '#testing/content';
import { eventExamples } from '#testing/event-examples';
import {
  after,
  agreed,
  agreement,
  bothThere,
  exchangeId,
  evaluated,
  first as sessionId,
  followUpFrom,
  form,
  heldStory,
  learner,
  matchId,
  pair,
  presence,
  salt,
  sessionHeld,
  start,
} from '#testing/histories/exchange-story';
import { applied, charterAccepted, enteredOnBehalf, entry, erasureRequested, memberPaused } from '#testing/networks/member-facts';
import { lyon } from '#testing/network-facts';
import {
  acting,
  ana,
  asDataProtectionOfficer,
  asFacilitator,
  asMediator,
  asMember,
  asNetworkLead,
  bo,
  cleo,
  dia,
  fay,
  moe,
  pam,
  person,
  quin,
  system,
} from '#testing/people';
import type { Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import { addDays } from './calendar';
import type { SavoirsCommand, SavoirsEvent } from './catalogue';
import type { DisputeId, ExchangeId, IncidentId, RetentionRunId, RoundId } from './ids';
import type { MatchEvent } from './match/match.events';
import { defaultPolicy } from './network/policy';
import type { DomainActor } from './vocabulary';

type TypeOfCommand = SavoirsCommand['type'];

/** What somebody says, and where: `given` is what happened before, `meanwhile` what happens before they say it again. */
interface Saying<Type extends TypeOfCommand> extends Circumstances {
  readonly given?: readonly SavoirsEvent[];
  readonly meanwhile?: readonly SavoirsEvent[];
  readonly data: DataOf<SavoirsCommand, Type>;
  readonly by: DomainActor;
}

type Sayings = { readonly [Type in TypeOfCommand]: readonly Saying<Type>[] };

/** `fact('OfferPaused')`: the example of that event, or one that differs in `changes`. */
const fact = <Type extends SavoirsEvent['type']>(type: Type, changes: Partial<DataOf<SavoirsEvent, Type>> = {}): SavoirsEvent =>
  // The union cannot be narrowed by a type parameter; the signature ties type and data together.
  ({ type, data: { ...eventExamples[type], ...changes } }) as SavoirsEvent;

const offer = { offerId: offerId('offer-of-ana') };
const request = { requestId: requestId('request-of-bo') };
const exchange = { exchangeId };
const incident = { incidentId: 'incident-1' as IncidentId };
const retention = { networkId: lyon, runId: 'run-1' as RetentionRunId };
const later = addDays(now, 10);
const opened = fact('NetworkOpened');
const group = [...pair, learner(dia)];
const proposed = (changes: Partial<DataOf<MatchEvent, 'MatchProposed'>> = {}): SavoirsEvent =>
  fact('MatchProposed', { participants: pair, ...changes });
const openedFor = (participants = pair): readonly SavoirsEvent[] => [
  proposed({ participants }),
  fact('MatchOpened', { participants, accepted: [] }),
];
const confirmed = (changes: Partial<DataOf<MatchEvent, 'MatchProposed'>> = {}): readonly SavoirsEvent[] => [
  proposed(changes),
  fact('MatchOpened', { participants: pair }),
  fact('MatchConfirmed', { participants: pair, dropped: [] }),
];
const waived = confirmed({ connectionWaived: true });
const reached = fact('AgreementReached', { participants: pair, recordedBy: ana, mediatorId: null, awaiting: [bo] });
const disputed = [agreed(), fact('ExchangeDisputed')];
const disputeId = 'dispute-1' as DisputeId;
const dispute = { ...exchange, disputeId, kind: 'organisation', text: 'La salle n’était pas prête' } as const;
const reports = { ...incident, kind: 'behaviour', subject: { exchangeId, memberId: bo, indicator: null }, text: 'Il a crié' } as const;
const comment = 'Très clair, merci Ana';
const asked = {
  matchId,
  participants: pair,
  origin: { kind: 'facilitator', by: fay },
  reason: 'La soudure commence par le calcul',
} as const;
const { networkId: _, connectionWaived: __, ...found } = eventExamples.MatchProposed;

/**
 * Each command as a person gives it who has not been heard yet. None for what only processes and due times ask:
 * nobody speaks there.
 */
export const sayings: Sayings = {
  OpenNetwork: [
    {
      data: { networkId: lyon, label: 'Lyon', timeZone: 'Europe/Paris', defaultLanguage: 'fr', policy: defaultPolicy },
      by: asNetworkLead(),
    },
  ],
  ChangePolicy: [{ given: [opened], data: { networkId: lyon, changes: { graceDays: 30 } }, by: asNetworkLead() }],
  PublishCharter: [{ given: [opened], data: { networkId: lyon, text: { fr: 'Chacun donne.', en: 'All give.' } }, by: asNetworkLead() }],
  NameMediator: [{ given: [opened], data: { networkId: lyon, memberId: moe }, by: asNetworkLead() }],
  RemoveMediator: [{ given: [opened, fact('MediatorNamed')], data: { networkId: lyon, memberId: moe }, by: asNetworkLead() }],
  ForbidPair: [{ given: [opened], data: { networkId: lyon, pair: [bo, cleo], reason: 'Un différend' }, by: asFacilitator() }],
  LiftPair: [
    { given: [opened, fact('PairForbidden')], data: { networkId: lyon, pair: [cleo, bo], reason: 'C’est réglé' }, by: asFacilitator() },
  ],

  ApplyForMembership: [
    {
      data: { memberId: ana, profile: profile(), entry: 'self', offers: [draftedOffer()], requests: [draftedRequest()] },
      by: asMember(ana),
    },
    {
      data: {
        ...{ memberId: ana, profile: profile(), entry: 'fair', requests: [] },
        offers: [draftedOffer(undefined, { declaredProfessional: false })],
      },
      by: asFacilitator(),
    },
  ],
  AcceptCharter: [{ given: [applied()], data: { memberId: ana, charterVersion: 1 }, by: asMember(ana) }],
  EnrolMember: [
    {
      given: [applied({ offers: [], requests: [] }), charterAccepted()],
      data: { memberId: ana, profile: profile({ site: 'LIL' }), declared: true, offers: [draftedOffer()], requests: [draftedRequest()] },
      by: asMember(ana),
    },
    { given: [enteredOnBehalf(), charterAccepted()], data: { memberId: ana, declared: true, offers: [], requests: [] }, by: asMember(ana) },
  ],
  ChangeProfile: [{ given: entry(), data: { memberId: ana, profile: profile({ unit: 'HR' }) }, by: asMember(ana) }],
  PauseMembership: [{ given: entry(), data: { memberId: ana, until: later }, by: asMember(ana) }],
  ResumeMembership: [{ given: [...entry(), memberPaused(later)], data: { memberId: ana }, by: asMember(ana) }],
  SetCapacity: [{ given: entry(), data: { memberId: ana, capacity: 3 }, by: asMember(ana) }],
  LeaveNetwork: ['Je change de métier', null].flatMap((reason) => [
    { given: entry(), data: { memberId: ana, reason }, by: asMember(ana) },
    {
      ...{ given: entry(), data: { memberId: ana, reason }, by: asMember(ana) },
      meanwhile: [erasureRequested(), fact('ErasureApproved'), fact('PersonalDataErased')],
    },
  ]),
  AskForErasure: [{ given: entry(), data: { memberId: ana }, by: asMember(ana) }],
  ApproveErasure: [{ given: [...entry(), erasureRequested(pam)], data: { memberId: ana }, by: asDataProtectionOfficer(quin) }],
  DeferErasure: [{ given: [...entry(), erasureRequested()], data: { memberId: ana, until: later }, by: asDataProtectionOfficer() }],
  ReserveEngagement: [],
  ReleaseEngagement: [],
  LoseReciprocity: [],
  RestoreReciprocity: [],
  SuspendMember: [],
  ErasePersonalData: [],

  DraftOffer: [{ data: { ...offer, memberId: ana, content: offerContent() }, by: asMember(ana) }],
  PublishOffer: [
    { data: { ...offer, memberId: ana, content: offerContent() }, by: asMember(ana) },
    { given: [fact('OfferDrafted')], data: { ...offer, memberId: ana, content: null, declared: true }, by: asMember(ana) },
  ],
  ReviseOffer: [{ given: [fact('OfferPublished')], data: { ...offer, content: offerContent() }, by: asMember(ana) }],
  ConfirmOffer: [{ given: [fact('OfferPublished'), fact('OfferReviewDue')], data: offer, by: asMember(ana) }],
  PauseOffer: [{ given: [fact('OfferPublished')], data: offer, by: asMember(ana) }],
  ResumeOffer: [{ given: [fact('OfferPublished'), fact('OfferPaused')], data: offer, by: asMember(ana) }],
  WithdrawOffer: [{ given: [fact('OfferPublished')], data: offer, by: asMember(ana) }],
  ContestOffer: [
    { given: [fact('OfferPublished')], data: { ...offer, kind: 'a-service', text: 'C’est un dépannage' }, by: asMember(cleo) },
  ],
  SettleOfferContest: (['kept', 'taken-down'] as const).map((outcome) => ({
    ...{ given: [fact('OfferPublished'), fact('OfferContested')], by: asFacilitator() },
    data: { ...offer, outcome, text: 'Vu ensemble' },
  })),
  CallOfferReview: [],
  LapseOffer: [],

  DraftRequest: [{ data: { ...request, memberId: bo, content: requestContent() }, by: asMember(bo) }],
  PublishRequest: [
    { data: { ...request, memberId: bo, content: requestContent() }, by: asMember(bo) },
    { given: [fact('RequestDrafted')], data: { ...request, memberId: bo, content: null, declared: true }, by: asMember(bo) },
  ],
  ReviseRequest: [{ given: [fact('RequestPublished')], data: { ...request, content: requestContent() }, by: asMember(bo) }],
  ConfirmRequest: [{ given: [fact('RequestPublished'), fact('RequestReviewDue')], data: request, by: asMember(bo) }],
  PauseRequest: [{ given: [fact('RequestPublished')], data: request, by: asMember(bo) }],
  ResumeRequest: [{ given: [fact('RequestPublished'), fact('RequestPaused')], data: request, by: asMember(bo) }],
  WithdrawRequest: [{ given: [fact('RequestPublished')], data: request, by: asMember(bo) }],
  ContestRequest: [
    { given: [fact('RequestPublished')], data: { ...request, kind: 'misleading', text: 'Ce n’est pas un savoir' }, by: asMember(cleo) },
  ],
  SettleRequestContest: (['kept', 'taken-down'] as const).map((outcome) => ({
    ...{ given: [fact('RequestPublished'), fact('RequestContested')], by: asFacilitator() },
    data: { ...request, outcome, text: 'Vu ensemble' },
  })),
  CallRequestReview: [],
  LapseRequest: [],
  MatchRequest: [],
  MeetRequest: [],
  ReopenRequest: [],

  RunMatchingRound: [
    {
      data: {
        ...{ roundId: 'round-1' as RoundId, asOf: '2026-03-02T00:00:00.000Z' as Instant, readUpTo: null, inputHash: 'ab12', seed: 7 },
        ...{ solverVersion: 'optimum-1', considered: { offers: 0, requests: 0 }, matches: [], unmatched: [], gap: null },
      },
      by: asFacilitator(),
    },
  ],

  ProposeMatch: [0, null].map((topicSteps) => ({
    data: { ...found, ...asked, metBefore: false, facts: { largestGroup: 3, topicSteps, lastTogether: null } },
    by: asFacilitator(),
  })),
  AcceptMatch: [{ given: openedFor(), data: { matchId, memberId: bo }, by: asMember(bo) }],
  DeclineMatch: [pair, group].map((participants) => ({
    ...{ given: openedFor(participants), by: asMember(bo) },
    data: { matchId, memberId: bo, reason: 'no-time' },
  })),
  PlanConnection: [{ given: confirmed(), data: { matchId, mediatorId: moe, start, place: 'Salle 2' }, by: asFacilitator() }],
  RecordAgreement: [
    {
      given: [...confirmed(), fact('ConnectionPlanned')],
      data: { matchId, exchangeId, agreement: agreement() },
      by: asMediator(),
    },
    { given: waived, data: { matchId, exchangeId, agreement: agreement() }, by: asMember(ana) },
  ],
  ConfirmAgreement: [{ given: [...waived, reached], data: { matchId, memberId: bo }, by: asMember(bo) }],
  GiveUpAgreement: [{ given: confirmed(), data: { matchId, reason: 'participants-declined' }, by: asMediator() }],
  OpenMatch: [],
  SupersedeMatch: [],
  EndAcceptanceWindow: [],
  LapseMatch: [],

  RescheduleSession: [
    {
      given: [agreed()],
      data: { ...exchange, sessionId, to: { sessionId, start: addDays(start, 1), minutes: 45 } },
      by: asMember(ana),
    },
  ],
  CancelExchange: [{ given: [agreed()], data: { ...exchange, reason: 'no-time' }, by: asMember(bo) }],
  DropOut: [pair, group].map((participants) => ({
    ...{ given: [agreed({ participants })], by: asMember(bo) },
    data: { ...exchange, memberId: bo, reason: 'own-choice' },
  })),
  ReportSession: [
    { given: [agreed()], data: { ...exchange, sessionId, start, minutes: 60, present: bothThere }, by: asMember(ana), at: after },
  ],
  CorrectSession: [
    {
      given: [agreed(), sessionHeld()],
      data: { ...exchange, sessionId, memberId: bo, now: presence(bo, 'learner', 15) },
      ...{ by: asMember(bo), at: after },
    },
  ],
  ConfirmHeld: [{ given: [agreed(), sessionHeld()], data: exchange, by: asMember(bo), at: after }],
  SettleHeld: (['held', 'not-held'] as const).map((outcome) => ({
    ...{ given: [agreed(), sessionHeld()], by: asMediator(), at: after },
    data: { ...exchange, outcome },
  })),
  ReportNoShow: [{ given: [agreed()], data: { ...exchange, sessionId, memberId: bo }, by: asMember(ana), at: after }],
  ContestNoShow: [
    { given: [agreed(), fact('NoShowReported', { sessionId })], data: { ...exchange, sessionId }, by: asMember(bo), at: after },
  ],
  InterruptExchange: [{ given: [agreed()], data: { ...exchange, reason: 'by-participants' }, by: asMediator() }],
  DisputeExchange: [
    { given: [agreed()], data: dispute, by: asMember(bo) },
    { given: [agreed()], data: dispute, by: asMember(bo), meanwhile: [fact('DisputeSettled')] },
  ],
  SettleDispute: (['goes-on', 'closed'] as const).map((outcome) => ({
    ...{ given: disputed, by: asFacilitator() },
    data: { ...exchange, disputeId, outcome, text: 'Une autre salle est réservée' },
  })),
  SubmitEvaluation: [comment, null].map((text) => ({
    ...{ given: heldStory, by: asMember(bo), at: after },
    data: { ...exchange, form: form('learner', { comment: text }), salt },
  })),
  AmendEvaluation: [comment, null].map((text) => ({
    ...{ given: [...heldStory, evaluated(bo, 'learner')], by: asMember(bo), at: after },
    data: { ...exchange, form: form('learner', { overall: 2, comment: text }), salt },
  })),
  SubmitFollowUp: ['Le rapport de mai', null].map((example) => ({
    ...{ given: heldStory, by: asMember(bo), at: followUpFrom },
    data: { ...exchange, usedAtWork: true, example, salt },
  })),
  OpenExchange: [],
  LapseExchange: [],
  EndEvaluation: [],
  CallFollowUp: [],
  RecordTrainingHours: [],

  ReportIncident: [{ data: reports, by: asMember(cleo) }],
  AssessIncident: [{ given: [fact('IncidentReported')], data: { ...incident, action: 'Rappeler la règle' }, by: asFacilitator() }],
  ResolveIncident: [
    {
      given: [fact('IncidentReported'), fact('IncidentAssessed')],
      data: { ...incident, text: 'Le fichier est retiré' },
      by: asFacilitator(),
    },
  ],

  RecordAccess: [
    {
      data: {
        ledgerId: 'lyon-2026-03',
        subject: 'exchange-1',
        purpose: 'audit',
        route: 'savoirs audit exchange',
        motive: 'Contrôle annuel',
      },
      by: acting(person('rose'), 'auditor'),
    },
  ],
  RecordOperation: [
    {
      data: { ledgerId: '2026-03', action: 'rebuild', target: 'directory', reason: 'Nouvelle version' },
      by: acting(person('sam'), 'operator'),
    },
  ],

  StartRetentionRun: [{ data: { ...retention, exchangeTextsMonths: 24, goneMembersMonths: 36 }, by: asDataProtectionOfficer() }],
  ApplyRetention: [
    {
      given: [fact('RetentionRunStarted')],
      data: { ...retention, exchangeIds: ['exchange-1' as ExchangeId], incidentIds: ['incident-1' as IncidentId], memberIds: [cleo] },
      by: system,
    },
  ],
  EndRetentionRun: [{ given: [fact('RetentionRunStarted')], data: retention, by: system }],
};

/** Parts of a command, by path, that nobody says: they are computed or drawn for it, or repeat what was said elsewhere in it. */
export const unsaid: Partial<Record<TypeOfCommand, readonly string[]>> = {
  // Nobody is a mediator less.
  RemoveMediator: ['memberId'],
  // What is published is declared; an enrolment of what is written already names it by nothing.
  EnrolMember: ['declared'],
  PublishOffer: ['declared'],
  PublishRequest: ['declared'],
  RunMatchingRound: ['asOf', 'readUpTo', 'considered', 'gap'],
  ProposeMatch: ['topicUri', 'level', 'language', 'smallestGroup', 'ringId', 'metBefore', 'score', 'facts'],
  RescheduleSession: ['to.sessionId'],
  SubmitEvaluation: ['salt'],
  AmendEvaluation: ['salt'],
  SubmitFollowUp: ['salt'],
};

const named = <Type extends TypeOfCommand>([type, said]: readonly [Type, readonly Saying<Type>[]]) =>
  said.map(({ data, by, at = now, given = [], meanwhile = [] }, index) => {
    const name = index === 0 ? type : `${type} (${index + 1})`;
    return [name, { first: command(type, data, by, { at }), given, meanwhile }] as const;
  });

export interface Heard {
  readonly first: SavoirsCommand;
  readonly given: readonly SavoirsEvent[];
  readonly meanwhile: readonly SavoirsEvent[];
}

/** By name. The entries forget which type goes with which data; the table above has tied them. */
export const everySaying = (Object.entries(sayings) as [TypeOfCommand, readonly Saying<TypeOfCommand>[]][]).flatMap(
  (entry): readonly (readonly [name: string, heard: Heard])[] => named(entry),
);
