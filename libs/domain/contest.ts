import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { MemberId } from './ids';
import type { ContestKind } from './offer/offer.events';
import type { DomainActor, Role } from './vocabulary';

/** A contest in course, beside the lifecycle: what is contested stays published until it is settled (R14). */
export interface Contest {
  readonly by: MemberId;
  readonly kind: ContestKind;
  readonly text: Personal;
  readonly settleBy: Instant;
}

export interface Settlement {
  /** Who had contested. */
  readonly contester: MemberId;
  readonly outcome: 'kept' | 'taken-down';
  readonly text: Personal;
}

export const contestIn = ({ by, kind, text, settleBy }: Contest): Contest => ({ by, kind, text, settleBy });

const contesting: readonly Role[] = ['member', 'mediator', 'facilitator', 'network-lead'];

export const mayContest = ({ role }: DomainActor): boolean => contesting.includes(role);

/** A facilitator handles no case that names them (§7). */
export const isNamed = (by: DomainActor, author: MemberId, contester: MemberId | undefined): boolean =>
  by.id === author || by.id === contester;
