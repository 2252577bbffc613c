import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import type { MemberId } from '../ids';
import { saidBefore } from '../said-before';
import type { Participant } from '../vocabulary';
import type { MatchCommand } from './match.commands';
import type { MatchEvent } from './match.events';
import { evolve } from './match.evolve';
import type { Awaiting, Confirmed, KnownMatch, MatchCommandOf, MatchDecision, MatchState, Opened, Planned, Proposed } from './match.state';
import { among, declinedBy, enoughRemain, hasEnded, idsOf, takesPart, tookPart, without } from './match.state';

const confirmed = (match: Opened, remaining: readonly Participant[], { at, network }: MatchCommand): MatchEvent => {
  const connectBy = addDays(at, network.policy.connectionDays);
  return {
    type: 'MatchConfirmed',
    data: {
      ...idsOf(match),
      participants: remaining,
      dropped: match.participants.filter((p) => !remaining.includes(p)),
      connectionWaived: match.connectionWaived,
      connectBy,
      lapseAt: addDays(connectBy, network.policy.lapseDays),
    },
  };
};

/** R10: all answered confirms at once, with those who remain. */
export const confirmedIfAllAnswered = (match: MatchState, command: MatchCommand): readonly MatchEvent[] =>
  match.status === 'opened' && match.participants.every(({ memberId }) => match.accepted.includes(memberId))
    ? [confirmed(match, match.participants, command)]
    : [];

/** R6: nobody accepts for another. */
export const acceptMatch = (command: MatchCommandOf<'AcceptMatch'>, match: KnownMatch): MatchDecision => {
  const { data, by, at } = command;
  if (by.role === 'system' || by.id !== data.memberId) return refuse({ code: 'not-allowed' });
  if (!takesPart(match, by.id)) return refuse({ code: 'not-a-participant' });
  if (hasEnded(match)) return refuse({ code: 'match-ended' });
  if (match.status === 'proposed') return refuse({ code: 'match-not-open' });
  if (match.status !== 'opened' || match.accepted.includes(by.id)) return accept();
  if (at > match.answerBy) return refuse({ code: 'window-ended' });
  const accepted: MatchEvent = { type: 'MatchAccepted', data: { ...idsOf(match), memberId: by.id } };
  return accept(accepted, ...confirmedIfAllAnswered(evolve(match, accepted), command));
};

/** R10: one person's no; a giver's, or one that leaves too few learners, ends the match. */
const declineOpen = (command: MatchCommandOf<'DeclineMatch'>, match: Proposed | Opened): MatchDecision => {
  const { memberId, reason } = command.data;
  const ends = !enoughRemain(match, without(match.participants, memberId));
  const declined: MatchEvent = {
    type: 'MatchDeclined',
    data: { ...idsOf(match), memberId, reason, ends, participants: match.participants },
  };
  return accept(declined, ...confirmedIfAllAnswered(evolve(match, declined), command));
};

/** §3: once confirmed, and until agreed, only leaving the network counts. */
const leaveConfirmed = (match: Confirmed | Planned | Awaiting, memberId: MemberId): MatchDecision => {
  const { participants } = match;
  return enoughRemain(match, without(participants, memberId))
    ? accept({ type: 'MatchDeclined', data: { ...idsOf(match), memberId, reason: 'left', ends: false, participants } })
    : accept({ type: 'AgreementNotReached', data: { ...idsOf(match), participants, reason: 'member-left', by: null } });
};

export const declineMatch = (command: MatchCommandOf<'DeclineMatch'>, match: KnownMatch): MatchDecision => {
  const { data, by } = command;
  if (by.role !== 'system' && by.id !== data.memberId) return refuse({ code: 'not-allowed' });
  if (!tookPart(match, data.memberId)) return refuse({ code: 'not-a-participant' });
  const before = declinedBy(match, data.memberId);
  if (before) return by.role === 'system' ? accept() : saidBefore(before.reason, data.reason, { code: 'already-declined' });
  if (hasEnded(match)) return by.role === 'system' ? accept() : refuse({ code: 'match-ended' });
  if (!takesPart(match, data.memberId)) return refuse({ code: 'not-a-participant' });
  if (match.status === 'proposed' || match.status === 'opened') return declineOpen(command, match);
  if (match.status === 'agreed' || by.role !== 'system' || data.reason !== 'left') return refuse({ code: 'match-confirmed' });
  return leaveConfirmed(match, data.memberId);
};

/** R10: at the window's end the silent are dropped. A window no longer in force is not meant. */
export const endAcceptanceWindow = (command: MatchCommandOf<'EndAcceptanceWindow'>, match: KnownMatch): MatchDecision => {
  if (command.by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (match.status !== 'opened' || match.answerBy !== command.data.answerBy) return accept();
  if (command.at < match.answerBy) return refuse({ code: 'window-still-open' });
  const remaining = among(match.participants, match.accepted);
  if (enoughRemain(match, remaining)) return accept(confirmed(match, remaining, command));
  const silent = match.participants.map(({ memberId }) => memberId).filter((memberId) => !match.accepted.includes(memberId));
  return accept({ type: 'MatchExpired', data: { ...idsOf(match), participants: match.participants, silent } });
};
