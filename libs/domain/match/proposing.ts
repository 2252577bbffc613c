import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import type { NetworkFacts } from '../command';
import type { Participant } from '../vocabulary';
import { confirmedIfAllAnswered } from './answering';
import type { MatchEvent } from './match.events';
import { evolve } from './match.evolve';
import type { MatchRefusal } from './match.refusals';
import type { KnownMatch, MatchCommandOf, MatchDecision, MatchState } from './match.state';
import { hasEnded, idsOf, tookPart } from './match.state';

/** A round's matches come from its process, a facilitator's and a member's from that person alone (R6). */
const mayPropose = ({ data: { origin, participants }, by }: MatchCommandOf<'ProposeMatch'>): boolean => {
  switch (origin.kind) {
    case 'round':
      return by.role === 'system';
    case 'facilitator':
      return by.role === 'facilitator' && by.id === origin.by;
    case 'member':
      return by.role !== 'system' && by.id === origin.by && participants.some(({ memberId }) => memberId === by.id);
  }
};

const sameMembers = (some: readonly Participant[], others: readonly Participant[]): boolean =>
  some.length === others.length && some.every((a, i) => a.memberId === others[i]?.memberId && a.role === others[i]?.role);

const forbidden = (participants: readonly Participant[], pairs: NetworkFacts['forbiddenPairs']): boolean => {
  const members = new Set(participants.map(({ memberId }) => memberId));
  return pairs.some(([one, other]) => members.has(one) && members.has(other));
};

/** R7: one giver and one learner at least, nobody twice, so that nobody is both. */
const whyNot = ({ data, network }: MatchCommandOf<'ProposeMatch'>): MatchRefusal | null => {
  const { participants, smallestGroup } = data;
  const learners = participants.filter(({ role }) => role === 'learner').length;
  if (learners === 0 || learners === participants.length) return { code: 'giver-or-learner-missing' };
  if (new Set(participants.map(({ memberId }) => memberId)).size < participants.length) return { code: 'person-named-twice' };
  if (learners < smallestGroup) return { code: 'too-few-learners', smallestGroup };
  if (forbidden(participants, network.forbiddenPairs)) return { code: 'pair-forbidden' };
  return null;
};

export const proposeMatch = (command: MatchCommandOf<'ProposeMatch'>, state: MatchState): MatchDecision => {
  const { data, network } = command;
  if (!mayPropose(command)) return refuse({ code: 'not-allowed' });
  if (state.status !== 'unknown') return sameMembers(state.proposed, data.participants) ? accept() : refuse({ code: 'match-exists' });
  const refusal = whyNot(command);
  if (refusal) return refuse(refusal);
  const { metBefore, ...proposal } = data;
  // R9: policy may spare a pair that met before the mediator.
  const connectionWaived = network.policy.waiveConnectionForKnownPairs && metBefore && data.participants.length === 2;
  return accept({
    type: 'MatchProposed',
    data: { ...proposal, smallestGroup: Math.max(1, data.smallestGroup), networkId: network.networkId, connectionWaived },
  });
};

/** R11: every participant's own stream reserved; a member who asked has accepted by asking. */
export const openMatch = (command: MatchCommandOf<'OpenMatch'>, match: KnownMatch): MatchDecision => {
  if (command.by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (match.status !== 'proposed') return accept();
  const asked = match.origin.kind === 'member' ? match.origin.by : null;
  const accepted = match.participants.map(({ memberId }) => memberId).filter((memberId) => memberId === asked);
  const answerBy = addDays(command.at, command.network.policy.acceptanceDays);
  const opened: MatchEvent = { type: 'MatchOpened', data: { ...idsOf(match), participants: match.participants, accepted, answerBy } };
  return accept(opened, ...confirmedIfAllAnswered(evolve(match, opened), command));
};

/** R11: one stream refused, before people were told of anything. */
export const supersedeMatch = ({ data, by }: MatchCommandOf<'SupersedeMatch'>, match: KnownMatch): MatchDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (!tookPart(match, data.memberId)) return refuse({ code: 'not-a-participant' });
  if (hasEnded(match) || match.declined.includes(data.memberId)) return accept();
  if (match.status !== 'proposed') return refuse({ code: 'match-already-open' });
  const { memberId, reason } = data;
  return accept({ type: 'MatchSuperseded', data: { ...idsOf(match), participants: match.participants, memberId, reason } });
};
