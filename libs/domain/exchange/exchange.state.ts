import type { Decision } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { CommandOf, NetworkFacts } from '../command';
import type { CriterionId, DisputeId, ExchangeId, MatchId, MemberId, NetworkId, SessionId } from '../ids';
import type { PlannedSession } from '../match/match.events';
import type { DomainActor, ExchangeRole, Participant, Presence } from '../vocabulary';
import type { ExchangeCommand } from './exchange.commands';
import type {
  Attendee,
  CancelReason,
  DisputeKind,
  DropReason,
  EvaluationForm,
  ExchangeEvent,
  InterruptReason,
  Settlement,
} from './exchange.events';
import type { ExchangeRefusal } from './exchange.refusals';

export interface ReportedSession extends PlannedSession {
  readonly by: MemberId;
  readonly reported: readonly Presence[];
  /** As corrected since (R12). */
  readonly present: readonly Presence[];
}

export interface NoShow {
  readonly sessionId: SessionId;
  readonly memberId: MemberId;
  readonly contestBy: Instant;
  readonly contested: boolean;
}

export interface Evaluation extends Attendee {
  readonly form: EvaluationForm;
  /** 1, and one more with each amendment. */
  readonly version: number;
}

export interface HoursLine {
  readonly hoursId: string;
  readonly sessionId: SessionId;
  readonly memberId: MemberId;
  readonly minutes: number;
  readonly minutesOutside: number;
}

interface FollowUp {
  readonly memberId: MemberId;
  readonly usedAtWork: boolean;
  readonly example: Personal | null;
}

interface Dispute {
  readonly disputeId: DisputeId;
  readonly kind: DisputeKind;
  readonly by: MemberId;
  readonly text: Personal;
}

interface Dropped {
  readonly memberId: MemberId;
  readonly reason: DropReason;
}

/** What there is once the exchange was held. */
export interface Outcome {
  readonly evaluateBy: Instant;
  readonly followUpFrom: Instant;
  readonly followUpUntil: Instant;
  readonly followUpCalled: boolean;
  readonly followedUp: readonly FollowUp[];
  readonly evaluations: readonly Evaluation[];
  readonly hours: readonly HoursLine[];
}

interface Course {
  readonly exchangeId: ExchangeId;
  readonly networkId: NetworkId;
  readonly matchId: MatchId;
  /** Everyone who agreed, in that order; `participants` are those who did not drop out since. */
  readonly everyone: readonly Participant[];
  readonly participants: readonly Participant[];
  readonly dropped: readonly Dropped[];
  readonly mediatorId: MemberId | null;
  readonly criteria: readonly CriterionId[];
  readonly planned: readonly PlannedSession[];
  readonly everPlanned: readonly SessionId[];
  readonly sessions: readonly ReportedSession[];
  readonly confirmedBy: readonly MemberId[];
  /** The mediator found that what was reported did not take place; until the next report. */
  readonly foundNotHeld: boolean;
  readonly noShows: readonly NoShow[];
  readonly settledDisputes: readonly (Dispute & { readonly settlement: Settlement })[];
  readonly lapseAt: Instant;
  /** When it was over, or the last dispute after that was settled; null while it goes on. */
  readonly endedAt: Instant | null;
}

export type Open = Course & { readonly status: 'agreed' | 'in-progress'; readonly outcome: null };
export type Evaluating = Course & { readonly status: 'evaluating'; readonly outcome: Outcome };
/** Without an outcome where a dispute closed it before it was held. */
export type Closed = Course & { readonly status: 'closed'; readonly outcome: Outcome | null };
export type Ended = Course & { readonly outcome: null } & (
    { readonly status: 'cancelled'; readonly reason: CancelReason } | { readonly status: 'interrupted'; readonly reason: InterruptReason }
  );
export type Undisputed = Open | Evaluating | Closed | Ended;
export type Disputed = Dispute & { readonly status: 'disputed'; readonly former: Undisputed };
export type KnownExchange = Undisputed | Disputed;
export type ExchangeState = { readonly status: 'unknown' } | KnownExchange;

export type ExchangeDecision = Decision<ExchangeEvent, ExchangeRefusal>;
export type ExchangeCommandOf<Type extends ExchangeCommand['type']> = CommandOf<ExchangeCommand, Type>;

/** The exchange apart from the dispute about it: what happened is told during a dispute too. */
export const courseOf = (state: KnownExchange): Undisputed => (state.status === 'disputed' ? state.former : state);

export const isOpen = (course: Undisputed): course is Open => course.status === 'agreed' || course.status === 'in-progress';

/** Why nothing of an open exchange can be done any more. */
export const whyNotOpen = (course: Undisputed): ExchangeRefusal => ({ code: course.outcome ? 'exchange-held' : 'exchange-ended' });

export const idsOf = (course: Undisputed): { exchangeId: ExchangeId; networkId: NetworkId } => ({
  exchangeId: course.exchangeId,
  networkId: course.networkId,
});

export const takesPart = (course: Undisputed, id: MemberId): boolean => course.participants.some(({ memberId }) => memberId === id);
export const tookPart = (course: Undisputed, id: MemberId): boolean => course.everyone.some(({ memberId }) => memberId === id);
export const roleOf = (course: Undisputed, id: MemberId): ExchangeRole | null =>
  course.everyone.find(({ memberId }) => memberId === id)?.role ?? null;

/** R9: the exchange's own mediator, or any who takes no part where there is none, or none any more. */
export const mediates = (by: DomainActor, course: Undisputed, { mediators }: NetworkFacts): boolean => {
  if (by.role === 'system' || !mediators.includes(by.id) || tookPart(course, by.id)) return false;
  return course.mediatorId === by.id || course.mediatorId === null || !mediators.includes(course.mediatorId);
};

export const participates = (by: DomainActor, course: Undisputed): boolean => by.role !== 'system' && takesPart(course, by.id);

/** Who was there, in the order of the agreement: at one session or more, as corrected (R12). */
export const attendeesOf = ({ everyone, sessions }: Undisputed): readonly Attendee[] =>
  everyone
    .filter(({ memberId }) => sessions.some(({ present }) => present.some((presence) => presence.memberId === memberId)))
    .map(({ memberId, role }) => ({ memberId, role }));

export const wasThere = (course: Undisputed, id: MemberId): boolean => attendeesOf(course).some(({ memberId }) => memberId === id);

export const haveBothRoles = (people: readonly { readonly role: ExchangeRole }[]): boolean =>
  people.some(({ role }) => role === 'giver') && people.some(({ role }) => role === 'learner');
