import type { Instant } from '#kernel/id';
import type { MemberId } from '#domain/ids';
import type { Role } from '#domain/vocabulary';

/** Roles that something waits for: whoever acts in one may do it. */
const ROLES = ['mediator', 'facilitator', 'network-lead', 'data-protection-officer'] as const satisfies readonly Role[];
type WaitingRole = (typeof ROLES)[number];
/** That an exchange may be evaluated, or followed up, until a date: the same whoever has answered (R15). */
export const PARTICIPANTS = 'participants';

export type WaitReason =
  | 'confirm-entry'
  | 'approve-erasure'
  | 'answer-match'
  | 'plan-connection'
  | 'connection-overdue'
  | 'attend-connection'
  | 'hold-connection'
  | 'outcome-overdue'
  | 'record-agreement'
  | 'confirm-agreement'
  | 'report-session'
  | 'report-overdue'
  | 'confirm-held'
  | 'settle-held'
  | 'evaluate'
  | 'follow-up'
  | 'contest-no-show'
  | 'settle-contest'
  | 'settle-dispute'
  | 'assess-incident'
  | 'resolve-incident'
  | 'case-overdue';

/** Something that waits: for one person, for whoever acts in a role, or for those who took part. */
export interface Wait {
  readonly who: MemberId | WaitingRole | typeof PARTICIPANTS;
  readonly why: WaitReason;
  readonly since: Instant;
  /** From when it is in the queue: a report is not asked for before its session. */
  readonly from: Instant;
  /** When its window ends; null where none runs. */
  readonly until: Instant | null;
}

export const wait = (who: Wait['who'], why: WaitReason, since: Instant, until: Instant | null, from: Instant = since): Wait => ({
  who,
  why,
  since,
  from,
  until,
});

/** The person it waits for; null where it waits for no single one. */
export const personOf = ({ who }: Pick<Wait, 'who'>): MemberId | null =>
  [...ROLES, PARTICIPANTS].some((some) => some === who) ? null : (who as MemberId);
