import type { Recorded } from '#kernel/message';
import type { SavoirsEvent } from '#domain/catalogue';
import type { CriterionId, DisputeId, ExchangeId, MatchId, MemberId, OfferId, RequestId, SessionId } from '#domain/ids';
import type { PlannedSession } from '#domain/match/match.events';
import type { ExchangeRole, Participant } from '#domain/vocabulary';
import { noteEntry } from './world-model-entries';
import { noteExchange, noteMatch } from './world-model-encounters';

export type AnyEvent = Recorded<SavoirsEvent>;

export interface MemberNote {
  readonly memberId: MemberId;
  status: 'applied' | 'enrolled' | 'paused' | 'suspended' | 'gone';
  readonly offers: Set<OfferId>;
  readonly requests: Set<RequestId>;
}

export interface EntryNote {
  readonly memberId: MemberId;
  status: 'draft' | 'open' | 'paused' | 'matched' | 'over';
  topicUri: string | null;
  largestGroup: number;
}

export interface MatchNote {
  status: 'proposed' | 'opened' | 'confirmed' | 'planned' | 'agreed' | 'over';
  participants: readonly Participant[];
  waived: boolean;
  mediatorId: MemberId | null;
  awaiting: readonly MemberId[];
}

export interface ExchangeNote {
  readonly exchangeId: ExchangeId;
  status: 'open' | 'held' | 'closed' | 'over';
  readonly everyone: readonly Participant[];
  participants: readonly Participant[];
  readonly mediatorId: MemberId | null;
  readonly topicUri: string | null;
  readonly criteria: readonly CriterionId[];
  readonly planned: Map<SessionId, PlannedSession>;
  readonly reported: Set<SessionId>;
  readonly present: Map<MemberId, ExchangeRole>;
  readonly confirmed: Set<MemberId>;
  readonly evaluated: Set<MemberId>;
  dispute: DisputeId | null;
}

/** What the simulated people know of their network: folded from the log alone, as they would read it on their pages. */
export interface WorldModel {
  readonly members: Map<MemberId, MemberNote>;
  readonly offers: Map<OfferId, EntryNote>;
  readonly requests: Map<RequestId, EntryNote>;
  readonly matches: Map<MatchId, MatchNote>;
  readonly exchanges: Map<ExchangeId, ExchangeNote>;
  readonly mediators: Set<MemberId>;
  charterVersion: number;
  /** How many of each type of event. */
  readonly counts: Map<string, number>;
}

export const emptyWorld = (): WorldModel => ({
  members: new Map(),
  offers: new Map(),
  requests: new Map(),
  matches: new Map(),
  exchanges: new Map(),
  mediators: new Set(),
  charterVersion: 0,
  counts: new Map(),
});

const status = (world: WorldModel, id: MemberId, to: MemberNote['status']): void => {
  const member = world.members.get(id);
  if (member) member.status = to;
};

const noteMember = (world: WorldModel, event: AnyEvent): void => {
  switch (event.type) {
    case 'MembershipRequested':
      world.members.set(event.data.memberId, { memberId: event.data.memberId, status: 'applied', offers: new Set(), requests: new Set() });
      return;
    case 'MemberEnrolled':
    case 'MemberResumed':
    case 'ReciprocityRestored':
      return status(world, event.data.memberId, 'enrolled');
    case 'MemberPaused':
      return status(world, event.data.memberId, 'paused');
    case 'MemberSuspended':
      return status(world, event.data.memberId, 'suspended');
    case 'MemberLeft':
    case 'PersonalDataErased':
      return status(world, event.data.memberId, 'gone');
    case 'MediatorNamed':
      world.mediators.add(event.data.memberId);
      return;
    case 'MediatorRemoved':
      world.mediators.delete(event.data.memberId);
      return;
    case 'CharterPublished':
      world.charterVersion = event.data.charterVersion;
      return;
    default:
  }
};

/** Folds one event. */
export const note = (world: WorldModel, event: AnyEvent): void => {
  world.counts.set(event.type, (world.counts.get(event.type) ?? 0) + 1);
  noteMember(world, event);
  noteEntry(world, event);
  noteMatch(world, event);
  noteExchange(world, event);
};

export const countOf = ({ counts }: WorldModel, ...types: readonly AnyEvent['type'][]): number =>
  types.reduce((sum, type) => sum + (counts.get(type) ?? 0), 0);
