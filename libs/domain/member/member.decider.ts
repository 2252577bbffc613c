import { refuse, type Decider } from '#kernel/decider';
import { acceptCharter, applyForMembership, enrolMember } from './entering';
import { releaseEngagement, reserveEngagement } from './engaging';
import { approveErasure, askForErasure, deferErasure, erasePersonalData } from './erasing';
import type { MemberCommand } from './member.commands';
import type { MemberEvent } from './member.events';
import { evolveMember } from './member.evolve';
import type { MemberRefusal } from './member.refusals';
import type { KnownMember, MemberDecision, MemberState } from './member.state';
import { changeProfile, leaveNetwork, pauseMembership, resumeMembership, setCapacity } from './membership';
import { loseReciprocity, restoreReciprocity, suspendMember } from './reciprocity';

export type { MemberRefusal, MemberState };

/** Proposals are answered for an unknown member too: the match that named them must learn it (R16). */
type OfAnyone = 'ApplyForMembership' | 'ReserveEngagement' | 'ReleaseEngagement';

const decideKnown = (command: Exclude<MemberCommand, { type: OfAnyone }>, member: KnownMember): MemberDecision => {
  switch (command.type) {
    case 'AcceptCharter':
      return acceptCharter(command, member);
    case 'EnrolMember':
      return enrolMember(command, member);
    case 'ChangeProfile':
      return changeProfile(command, member);
    case 'PauseMembership':
      return pauseMembership(command, member);
    case 'ResumeMembership':
      return resumeMembership(command, member);
    case 'SetCapacity':
      return setCapacity(command, member);
    case 'LeaveNetwork':
      return leaveNetwork(command, member);
    case 'AskForErasure':
      return askForErasure(command, member);
    case 'ApproveErasure':
      return approveErasure(command, member);
    case 'DeferErasure':
      return deferErasure(command, member);
    case 'LoseReciprocity':
      return loseReciprocity(command, member);
    case 'RestoreReciprocity':
      return restoreReciprocity(command, member);
    case 'SuspendMember':
      return suspendMember(command, member);
    case 'ErasePersonalData':
      return erasePersonalData(command, member);
  }
};

const decide = (command: MemberCommand, member: MemberState): MemberDecision => {
  if (command.type === 'ApplyForMembership') return applyForMembership(command, member);
  if (command.type === 'ReserveEngagement') return reserveEngagement(command, member);
  if (command.type === 'ReleaseEngagement') return releaseEngagement(command, member);
  return member.status === 'unknown' ? refuse({ code: 'member-not-found' }) : decideKnown(command, member);
};

export const memberDecider: Decider<MemberState, MemberCommand, MemberEvent, MemberRefusal> = {
  initial: { status: 'unknown', answered: [] },
  evolve: evolveMember,
  decide,
};
