import { accept, refuse } from '#kernel/decider';
import { dateRefusal, plannedRange } from '../date-range';
import { saidBefore } from '../said-before';
import { sameValue } from '../same-value';
import { graceAfterPause } from './member.evolve';
import { isInNetwork, idsOf, isThemself, notInNetwork, type KnownMember, type MemberCommandOf, type MemberDecision } from './member.state';

export const changeProfile = (command: MemberCommandOf<'ChangeProfile'>, member: KnownMember): MemberDecision => {
  const { profile } = command.data;
  if (!isThemself(command, member)) return refuse({ code: 'not-allowed' });
  if (member.status === 'left' || member.status === 'erased') return refuse(notInNetwork(member));
  if (sameValue(profile, member.profile)) return accept();
  return accept({ type: 'ProfileChanged', data: { ...idsOf(member), profile } });
};

/** Asked for again with another end, it moves the pause's end. */
export const pauseMembership = (command: MemberCommandOf<'PauseMembership'>, member: KnownMember): MemberDecision => {
  const { until } = command.data;
  if (!isThemself(command, member)) return refuse({ code: 'not-allowed' });
  if (!isInNetwork(member)) return refuse(notInNetwork(member));
  if (member.status === 'paused' && member.until === until) return accept();
  if (member.status === 'suspended') return refuse({ code: 'member-suspended' });
  if (until <= command.at) return refuse({ code: 'pause-in-the-past' });
  const refusal = dateRefusal('until', until, plannedRange(command));
  if (refusal) return refuse(refusal);
  // R2: the moment is needed to know how long the clock stood still.
  return accept({ type: 'MemberPaused', data: { ...idsOf(member), until }, occurredAt: command.at });
};

/** By the person at any time, by the clock at the pause's end. */
export const resumeMembership = (command: MemberCommandOf<'ResumeMembership'>, member: KnownMember): MemberDecision => {
  const { by, at } = command;
  if (by.role !== 'system' && !isThemself(command, member)) return refuse({ code: 'not-allowed' });
  if (!isInNetwork(member)) return refuse(notInNetwork(member));
  if (member.status !== 'paused') return accept();
  if (by.role === 'system' && at < member.until) return refuse({ code: 'window-still-open' });
  return accept({ type: 'MemberResumed', data: { ...idsOf(member), graceEndsAt: graceAfterPause(member, at) } });
};

/** R11: below what is open already, it only stops new engagements. */
export const setCapacity = (command: MemberCommandOf<'SetCapacity'>, member: KnownMember): MemberDecision => {
  const { capacity } = command.data;
  if (!isThemself(command, member)) return refuse({ code: 'not-allowed' });
  if (!isInNetwork(member)) return refuse(notInNetwork(member));
  if (member.capacity === capacity) return accept();
  if (!Number.isSafeInteger(capacity) || capacity < 1) return refuse({ code: 'capacity-too-small' });
  return accept({ type: 'CapacitySet', data: { ...idsOf(member), capacity } });
};

/** R6, at any time. What it ends elsewhere is ended by processes. */
export const leaveNetwork = (command: MemberCommandOf<'LeaveNetwork'>, member: KnownMember): MemberDecision => {
  if (!isThemself(command, member)) return refuse({ code: 'not-allowed' });
  const { reason } = command.data;
  if (member.status === 'left' || member.status === 'erased') return saidBefore(member.reason, reason, notInNetwork(member));
  return accept({ type: 'MemberLeft', data: { ...idsOf(member), reason } });
};
