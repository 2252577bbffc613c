import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { MemberId } from '../ids';
import type { Participant } from '../vocabulary';
import type { Agreement } from './match.events';

/** A match or an exchange, as far as it decides who sees whom in it. */
export interface Encounter {
  readonly participants: readonly Participant[];
  /** Who dropped out of the exchange: it stays theirs. */
  readonly formerly: readonly MemberId[];
  /** Who has accepted: by answering, by asking, or because it is confirmed. */
  readonly accepted: readonly MemberId[];
  readonly mediatorId: MemberId | null;
  /** Everybody who remains has accepted: whoever mediates may be asked to serve. */
  readonly isConfirmed: boolean;
}

/** An encounter with what its people are told of it. */
export interface Affair extends Encounter {
  readonly connection: { readonly start: Instant; readonly place: Personal } | null;
  readonly agreement: Agreement | null;
  /** R7: why it was proposed, where whoever did said so. */
  readonly reason: Personal | null;
  /** Others to be named: who something waits for, who had a place. */
  readonly others: readonly MemberId[];
}

/** Who looks. */
export interface Viewer {
  readonly memberId: MemberId;
  readonly facilitates: boolean;
  /** Those of the network now. */
  readonly mediators: readonly MemberId[];
}

export interface Viewing {
  readonly encounter: Encounter;
  readonly viewer: Viewer;
}

export type ViewerRole = 'participant' | 'mediator' | 'facilitator';

/**
 * The role in which somebody sees a match or an exchange; null where it is no affair of theirs. Taking part comes first: a facilitator who does
 * sees what the others see. R9: any mediator serves where none is named, or where the one who was is none any more.
 */
export const viewerRoleOf = ({ encounter, viewer: { memberId, mediators, facilitates } }: Viewing): ViewerRole | null => {
  const { participants, formerly, mediatorId, isConfirmed } = encounter;
  if (formerly.includes(memberId) || participants.some((place) => place.memberId === memberId)) return 'participant';
  if (mediatorId === memberId) return 'mediator';
  const isUnserved = mediatorId === null || !mediators.includes(mediatorId);
  if (isConfirmed && isUnserved && mediators.includes(memberId)) return 'mediator';
  return facilitates ? 'facilitator' : null;
};

/**
 * §7, who sees whom: participants and the mediator see each other's names; who chose not to be shown stays hidden until they accept.
 * Facilitators see those who wait. Nobody else sees anybody.
 * @param isShown by an offer everybody is, by a request its author where they chose so
 */
export const seesPerson = (look: Viewing, memberId: MemberId, isShown: boolean): boolean => {
  const { encounter, viewer } = look;
  if (memberId === viewer.memberId) return true;
  switch (viewerRoleOf(look)) {
    case null:
      return false;
    case 'facilitator':
      return true;
    case 'participant':
    case 'mediator':
      return isShown || memberId === encounter.mediatorId || encounter.accepted.includes(memberId);
  }
};

/** R9, §7: the agreement is read whole by those who take part, before they confirm it, and by their mediator; by no other role. */
export const readsAgreement = (look: Viewing): boolean => {
  const role = viewerRoleOf(look);
  return role === 'participant' || role === 'mediator';
};
