import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import type { NetworkFacts } from '../command';
import { isBlank } from '../content-rules';
import { saidBefore } from '../said-before';
import type { Participant } from '../vocabulary';
import { confirmedIfAllAnswered } from './answering';
import type { ProposalFacts } from './match.commands';
import type { MatchEvent } from './match.events';
import { evolve } from './match.evolve';
import type { MatchRefusal } from './match.refusals';
import type { KnownMatch, MatchCommandOf, MatchDecision, MatchState } from './match.state';
import { declinedBy, hasEnded, idsOf, tookPart } from './match.state';

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

const forbidden = (participants: readonly Participant[], pairs: NetworkFacts['forbiddenPairs']): boolean => {
  const members = new Set(participants.map(({ memberId }) => memberId));
  return pairs.some(([one, other]) => members.has(one) && members.has(other));
};

/** R7: one topic, or as near to it as the policy has it, unless a person says why; R16: rounds leave a resting pair alone, a person's own ask does not wait. */
const whyNotTogether = (
  { data, at, network }: MatchCommandOf<'ProposeMatch'>,
  { topicSteps, lastTogether }: ProposalFacts,
): MatchRefusal | null => {
  const byRound = data.origin.kind === 'round';
  const saysWhy = !byRound && data.reason !== undefined && data.reason !== null && !isBlank(data.reason);
  const isNear = topicSteps !== null && topicSteps <= network.policy.nearTopics;
  if (!isNear && !saysWhy) return { code: 'topics-differ' };
  const until = lastTogether && addDays(lastTogether, network.policy.pairRestDays);
  return byRound && until !== null && until > at ? { code: 'pair-resting', until } : null;
};

/** R7: one giver and one learner at least, nobody twice, so that nobody is both; as many learners as the offers take. */
const whyNot = (command: MatchCommandOf<'ProposeMatch'>, facts: ProposalFacts): MatchRefusal | null => {
  const { participants, smallestGroup } = command.data;
  const learners = participants.filter(({ role }) => role === 'learner').length;
  if (learners === 0 || learners === participants.length) return { code: 'giver-or-learner-missing' };
  if (new Set(participants.map(({ memberId }) => memberId)).size < participants.length) return { code: 'person-named-twice' };
  if (learners < smallestGroup) return { code: 'too-few-learners', smallestGroup };
  if (learners > facts.largestGroup) return { code: 'too-many-learners', largestGroup: facts.largestGroup };
  if (forbidden(participants, command.network.forbiddenPairs)) return { code: 'pair-forbidden' };
  return whyNotTogether(command, facts);
};

export const proposeMatch = (command: MatchCommandOf<'ProposeMatch'>, state: MatchState): MatchDecision => {
  const { data, network } = command;
  if (!mayPropose(command)) return refuse({ code: 'not-allowed' });
  const { metBefore, facts, reason = null, topicSteps: _found, ...proposal } = data;
  if (state.status !== 'unknown')
    return saidBefore([state.origin, state.proposed, state.reason], [data.origin, data.participants, reason], { code: 'match-exists' });
  // Nobody has looked whether it holds now.
  if (!facts) return refuse({ code: 'not-allowed' });
  const refusal = whyNot(command, facts);
  if (refusal) return refuse(refusal);
  // R9: policy may spare a pair that met before the mediator.
  const connectionWaived = network.policy.waiveConnectionForKnownPairs && metBefore && data.participants.length === 2;
  return accept({
    type: 'MatchProposed',
    data: {
      ...proposal,
      reason,
      smallestGroup: Math.max(1, data.smallestGroup),
      networkId: network.networkId,
      connectionWaived,
      ...(facts.topicSteps ? { topicSteps: facts.topicSteps } : {}),
    },
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

/** R11: one stream refused, before anybody was notified. */
export const supersedeMatch = ({ data, by }: MatchCommandOf<'SupersedeMatch'>, match: KnownMatch): MatchDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (!tookPart(match, data.memberId)) return refuse({ code: 'not-a-participant' });
  if (hasEnded(match) || declinedBy(match, data.memberId)) return accept();
  if (match.status !== 'proposed') return refuse({ code: 'match-already-open' });
  const { memberId, reason } = data;
  return accept({ type: 'MatchSuperseded', data: { ...idsOf(match), participants: match.participants, memberId, reason } });
};
