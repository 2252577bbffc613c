import { addDays } from '#domain/calendar';
import type { MatchCommand } from '#domain/match/match.commands';
import type { MatchState } from '#domain/match/match.decider';
import { now } from '#testing/commands';
import { agreement, exchangeId, learner, matchId, pair, start } from '#testing/histories/exchange-story';
import { matchExamples } from '#testing/examples/match.examples';
import { ana, asFacilitator, asMediator, asMember, bo, dia, fay, moe, system } from '#testing/people';
import type { CommandInputs } from './explore';

const match = { matchId };
const people = [ana, bo, dia];
const { networkId: _, connectionWaived: __, ...found } = matchExamples.MatchProposed;
const facts = { largestGroup: 3, topicSteps: 0, lastTogether: null };
const proposed = { ...found, matchId, smallestGroup: 1, facts };
const group = [...pair, learner(dia)];

export const matchInputs: CommandInputs<MatchCommand, MatchState> = {
  ProposeMatch: () => [
    ...[false, true].map((metBefore) => ({
      data: { ...proposed, participants: pair, metBefore, origin: { kind: 'facilitator', by: fay } as const },
      by: asFacilitator(),
    })),
    { data: { ...proposed, participants: group, metBefore: false, origin: { kind: 'member', by: bo } }, by: asMember(bo) },
  ],
  AcceptMatch: () => people.map((memberId) => ({ data: { ...match, memberId }, by: asMember(memberId) })),
  DeclineMatch: () => [
    ...people.map((memberId) => ({ data: { ...match, memberId, reason: 'no-time' as const }, by: asMember(memberId) })),
    ...people.map((memberId) => ({ data: { ...match, memberId, reason: 'left' as const }, by: system })),
  ],
  PlanConnection: () => ['Salle 2', 'Salle 3'].map((place) => ({ data: { ...match, mediatorId: moe, start, place }, by: asFacilitator() })),
  RecordAgreement: () => {
    const data = { ...match, exchangeId, agreement: agreement() };
    return [
      { data, by: asMediator() },
      { data, by: asMember(ana) },
    ];
  },
  ConfirmAgreement: () => people.map((memberId) => ({ data: { ...match, memberId }, by: asMember(memberId) })),
  GiveUpAgreement: () => [
    { data: { ...match, reason: 'participants-declined' }, by: asMediator() },
    { data: { ...match, reason: 'participants-declined' }, by: asMember(ana) },
  ],
  OpenMatch: () => [{ data: match, by: system }],
  SupersedeMatch: () => [{ data: { ...match, memberId: ana, reason: 'at-capacity' }, by: system }],
  EndAcceptanceWindow: (state) => {
    const answerBy = state.status === 'opened' ? state.answerBy : now;
    return [{ data: { ...match, answerBy }, by: system, at: addDays(answerBy, 1) }];
  },
  LapseMatch: (state) => {
    const lapseAt = 'lapseAt' in state ? state.lapseAt : now;
    return [{ data: { ...match, lapseAt }, by: system, at: lapseAt }];
  },
};
