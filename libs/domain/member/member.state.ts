import type { Decision } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { CommandOf } from '../command';
import type { MatchId, MemberId, NetworkId, RequestId } from '../ids';
import type { DraftedOffer, DraftedRequest, ExchangeRole, Profile } from '../vocabulary';
import type { MemberCommand } from './member.commands';
import type { Entry, MemberEvent } from './member.events';
import type { MemberRefusal } from './member.refusals';

/** A place kept for one match: a group counts once (R11). */
export interface Engagement {
  readonly matchId: MatchId;
  readonly role: ExchangeRole;
  readonly requestId: RequestId | null;
}

export interface Erasure {
  readonly askedBy: MemberId;
  readonly approvedBy: MemberId | null;
  /** End of the last legal hold. */
  readonly deferredUntil: Instant | null;
}

interface Person {
  readonly memberId: MemberId;
  readonly networkId: NetworkId;
  readonly profile: Profile;
  /** Last charter accepted; 0 before the first. */
  readonly charterVersion: number;
  readonly engagements: readonly Engagement[];
  /** Matches that this stream reserved for, or refused, ever: each is answered once. */
  readonly answered: readonly MatchId[];
  readonly erasure: Erasure | null;
}

/** A grace whose clock stands still since `stoppedAt` (R2). */
export interface StoppedGrace {
  readonly endsAt: Instant;
  readonly stoppedAt: Instant;
}

export type Applied = Person & {
  readonly status: 'applied';
  readonly offers: readonly DraftedOffer[];
  readonly requests: readonly DraftedRequest[];
  readonly entry: Entry;
  /** End of the wait for the person's own word; null where they applied themself (R6). */
  readonly confirmBy: Instant | null;
};

/** `enteredWith`: the offers and requests of their enrolment. */
export type MemberInNetwork = Person & { readonly capacity: number; readonly enteredWith: Sides } & (
    | { readonly status: 'enrolled' }
    | { readonly status: 'in-grace'; readonly graceEndsAt: Instant }
    | { readonly status: 'paused'; readonly until: Instant; readonly grace: StoppedGrace | null }
    | { readonly status: 'suspended' }
  );

export type Gone = Person & {
  readonly status: 'left' | 'erased';
  /** Of an entry on behalf that was never confirmed: it is erased then all the same. */
  readonly confirmBy: Instant | null;
  readonly leftAt: Instant | null;
  /** What they said on leaving. */
  readonly reason: Personal | null;
};

export type KnownMember = Applied | MemberInNetwork | Gone;
export type MemberState = { readonly status: 'unknown'; readonly answered: readonly MatchId[] } | KnownMember;
export type MemberDecision = Decision<MemberEvent, MemberRefusal>;
export type MemberCommandOf<Type extends MemberCommand['type']> = CommandOf<MemberCommand, Type>;

/** What somebody enters with (R1). */
export interface Sides {
  readonly offers: readonly DraftedOffer[];
  readonly requests: readonly DraftedRequest[];
}

export const idsIn = ({ offers, requests }: Sides): readonly string[] => [
  ...offers.map(({ offerId }) => offerId),
  ...requests.map(({ requestId }) => requestId),
];

export const idsOf = ({ memberId, networkId }: Person) => ({ memberId, networkId });

export const personOf = ({ memberId, networkId, profile, charterVersion, engagements, answered, erasure }: Person): Person => ({
  memberId,
  networkId,
  profile,
  charterVersion,
  engagements,
  answered,
  erasure,
});

export const isInNetwork = (member: KnownMember): member is MemberInNetwork =>
  member.status === 'enrolled' || member.status === 'in-grace' || member.status === 'paused' || member.status === 'suspended';

/** Why somebody who is not in the network cannot do what only the enrolled do. */
export const notInNetwork = ({ status }: Applied | Gone): MemberRefusal => {
  switch (status) {
    case 'applied':
      return { code: 'not-enrolled' };
    case 'left':
      return { code: 'member-left' };
    case 'erased':
      return { code: 'member-erased' };
  }
};

/** R6: only the person, whatever role they act in. */
export const isThemself = ({ by }: MemberCommand, { memberId }: { readonly memberId: MemberId }): boolean =>
  by.role !== 'system' && by.id === memberId;
