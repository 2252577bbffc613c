import { accept, refuse } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import { dateRefusal, plannedRange } from '../date-range';
import { isPastKeeping } from '../retention/retention-periods';
import type { MemberEvent } from './member.events';
import { isInNetwork, idsOf, isThemself, type KnownMember, type MemberCommandOf, type MemberDecision } from './member.state';

/** By the member, or by a data protection officer for them. */
export const askForErasure = (command: MemberCommandOf<'AskForErasure'>, member: KnownMember): MemberDecision => {
  const { by } = command;
  if (!isThemself(command, member) && by.role !== 'data-protection-officer') return refuse({ code: 'not-allowed' });
  if (member.erasure || member.status === 'erased') return accept();
  return accept({ type: 'ErasureRequested', data: { ...idsOf(member), by: by.id } });
};

/** Two persons: a data protection officer who did not ask for it. */
export const approveErasure = ({ by, at }: MemberCommandOf<'ApproveErasure'>, member: KnownMember): MemberDecision => {
  const { erasure } = member;
  if (by.role !== 'data-protection-officer') return refuse({ code: 'not-allowed' });
  if (member.status === 'erased') return accept();
  if (!erasure) return refuse({ code: 'erasure-not-requested' });
  if (erasure.askedBy === by.id) return refuse({ code: 'erasure-needs-second-person' });
  if (erasure.approvedBy !== null) return accept();
  if (erasure.deferredUntil !== null && at < erasure.deferredUntil) return refuse({ code: 'erasure-deferred' });
  return accept({ type: 'ErasureApproved', data: { ...idsOf(member), by: by.id } });
};

/** A legal hold, before or after the approval: nothing is erased until it ends. */
export const deferErasure = (command: MemberCommandOf<'DeferErasure'>, member: KnownMember): MemberDecision => {
  const { data, by, at } = command;
  const { until } = data;
  if (by.role !== 'data-protection-officer') return refuse({ code: 'not-allowed' });
  if (member.erasure?.deferredUntil === until) return accept();
  if (member.status === 'erased') return refuse({ code: 'member-erased' });
  if (!member.erasure) return refuse({ code: 'erasure-not-requested' });
  if (until <= at) return refuse({ code: 'hold-in-the-past' });
  const refusal = dateRefusal('until', until, plannedRange(command));
  if (refusal) return refuse(refusal);
  return accept({ type: 'ErasureDeferred', data: { ...idsOf(member), by: by.id, until, ground: 'legal-hold' } });
};

/** By the system: what was approved, an entry on behalf that nobody confirmed (R6), and whoever left long ago. Whoever stands in the network still, leaves it first. */
export const erasePersonalData = (command: MemberCommandOf<'ErasePersonalData'>, member: KnownMember): MemberDecision => {
  const { data, by, at } = command;
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (member.status === 'erased') return accept();
  if (data.ground === 'entry-not-confirmed') return eraseEntry(command, member);
  if (data.ground === 'retention') return eraseGone(command, member);
  if (!member.erasure || member.erasure.approvedBy === null) return refuse({ code: 'erasure-not-approved' });
  if (isHeld(member, at)) return refuse({ code: 'erasure-deferred' });
  const erased: MemberEvent = { type: 'PersonalDataErased', data: { ...idsOf(member), ground: data.ground } };
  const left: MemberEvent = { type: 'MemberLeft', data: { ...idsOf(member), reason: null } };
  return isInNetwork(member) ? accept<MemberEvent>(left, erased) : accept(erased);
};

const eraseEntry = ({ data, at }: MemberCommandOf<'ErasePersonalData'>, member: KnownMember): MemberDecision => {
  // Confirmed in time: the window is not meant any more.
  if (isInNetwork(member) || member.confirmBy === null) return accept();
  if (at < member.confirmBy) return refuse({ code: 'window-still-open' });
  return accept({ type: 'PersonalDataErased', data: { ...idsOf(member), ground: data.ground } });
};

/** A legal hold stands at that moment. */
export const isHeld = ({ erasure }: Pick<KnownMember, 'erasure'>, at: Instant): boolean =>
  erasure !== null && erasure.deferredUntil !== null && at < erasure.deferredUntil;

const eraseGone = ({ data, at, network }: MemberCommandOf<'ErasePersonalData'>, member: KnownMember): MemberDecision => {
  if (member.status !== 'left' || member.leftAt === null) return refuse({ code: 'not-left' });
  if (isHeld(member, at)) return refuse({ code: 'erasure-deferred' });
  if (!isPastKeeping(member.leftAt, network.policy.goneMembersMonths, at)) return refuse({ code: 'window-still-open' });
  return accept({ type: 'PersonalDataErased', data: { ...idsOf(member), ground: data.ground } });
};
