import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import { isInNetwork, idsOf, notInNetwork, type KnownMember, type MemberCommandOf, type MemberDecision } from './member.state';

/** R2: the grace starts once. During a pause its clock starts when the pause is to end. */
export const loseReciprocity = (command: MemberCommandOf<'LoseReciprocity'>, member: KnownMember): MemberDecision => {
  const { data, by, at, network } = command;
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (member.status === 'in-grace' || member.status === 'suspended' || member.status === 'left' || member.status === 'erased')
    return accept();
  if (!isInNetwork(member)) return refuse(notInNetwork(member));
  if (member.status === 'paused' && member.grace) return accept();
  const graceEndsAt = addDays(member.status === 'paused' ? member.until : at, network.policy.graceDays);
  return accept({ type: 'ReciprocityLost', data: { ...idsOf(member), missing: data.missing, graceEndsAt } });
};

/** R2: publishing again ends a grace, and a suspension. */
export const restoreReciprocity = ({ by }: MemberCommandOf<'RestoreReciprocity'>, member: KnownMember): MemberDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  const lacking = member.status === 'in-grace' || member.status === 'suspended' || (member.status === 'paused' && member.grace !== null);
  return lacking ? accept({ type: 'ReciprocityRestored', data: idsOf(member) }) : accept();
};

/** R2: a grace that ended meanwhile, or whose clock stands still, is not meant. */
export const suspendMember = ({ data, by, at }: MemberCommandOf<'SuspendMember'>, member: KnownMember): MemberDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (member.status !== 'in-grace' || member.graceEndsAt !== data.graceEndsAt) return accept();
  if (at < member.graceEndsAt) return refuse({ code: 'window-still-open' });
  return accept({ type: 'MemberSuspended', data: idsOf(member) });
};
