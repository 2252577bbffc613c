import { addDays } from '#domain/calendar';
import type { ExchangeCommand } from '#domain/exchange/exchange.commands';
import type { ExchangeState } from '#domain/exchange/exchange.decider';
import { courseOf } from '#domain/exchange/exchange.state';
import type { DisputeId } from '#domain/ids';
import { after, bothThere, exchangeId, first, form, openingOf, salt, start } from '#testing/histories/exchange-story';
import { ana, asFacilitator, asMediator, asMember, bo, system } from '#testing/people';
import type { CommandInputs } from './explore';

const exchange = { exchangeId };
const pair = [
  { id: ana, role: 'giver' },
  { id: bo, role: 'learner' },
] as const;
const outcomeOf = (state: ExchangeState) => (state.status === 'unknown' ? null : courseOf(state).outcome);
const dispute = { ...exchange, disputeId: 'dispute-1' as DisputeId };
const moved = { sessionId: first, start: addDays(start, 1), minutes: 60 };

export const exchangeInputs: CommandInputs<ExchangeCommand, ExchangeState> = {
  OpenExchange: () => [{ data: openingOf(), by: system }],
  RescheduleSession: () => [{ data: { ...exchange, sessionId: first, to: moved }, by: asMember(ana) }],
  CancelExchange: () => [{ data: { ...exchange, reason: 'no-time' }, by: asMember(bo) }],
  DropOut: () => pair.map(({ id }) => ({ data: { ...exchange, memberId: id, reason: 'own-choice' as const }, by: asMember(id) })),
  ReportSession: () => [{ data: { ...exchange, sessionId: first, start, minutes: 60, present: bothThere }, by: asMember(ana), at: after }],
  CorrectSession: () => [{ data: { ...exchange, sessionId: first, memberId: bo, now: null }, by: asMember(bo), at: after }],
  ConfirmHeld: () => pair.map(({ id }) => ({ data: exchange, by: asMember(id), at: after })),
  SettleHeld: () => (['held', 'not-held'] as const).map((outcome) => ({ data: { ...exchange, outcome }, by: asMediator(), at: after })),
  ReportNoShow: () => [{ data: { ...exchange, sessionId: first, memberId: bo }, by: asMember(ana), at: after }],
  ContestNoShow: () => [{ data: { ...exchange, sessionId: first }, by: asMember(bo), at: after }],
  InterruptExchange: () => [{ data: { ...exchange, reason: 'by-participants' }, by: asMediator() }],
  DisputeExchange: () => [{ data: { ...dispute, kind: 'content', text: 'Autre chose que convenu' }, by: asMember(bo), at: after }],
  SettleDispute: () =>
    (['goes-on', 'closed'] as const).map((outcome) => ({
      data: { ...dispute, outcome, text: 'Vu ensemble' },
      ...{ by: asFacilitator(), at: after },
    })),
  SubmitEvaluation: () => pair.map(({ id, role }) => ({ data: { ...exchange, form: form(role), salt }, by: asMember(id), at: after })),
  AmendEvaluation: () => [{ data: { ...exchange, form: form('learner', { overall: 2 }), salt }, by: asMember(bo), at: after }],
  SubmitFollowUp: (state) => {
    const at = outcomeOf(state)?.followUpFrom ?? after;
    return [{ data: { ...exchange, usedAtWork: true, example: null, salt }, by: asMember(bo), at }];
  },
  LapseExchange: (state) => {
    const lapseAt = state.status === 'unknown' ? after : courseOf(state).lapseAt;
    return [{ data: { ...exchange, lapseAt }, by: system, at: lapseAt }];
  },
  EndEvaluation: (state) => {
    const evaluateBy = outcomeOf(state)?.evaluateBy ?? after;
    return [{ data: { ...exchange, evaluateBy }, by: system, at: evaluateBy }];
  },
  CallFollowUp: (state) => [{ data: exchange, by: system, at: outcomeOf(state)?.followUpFrom ?? after }],
  RecordTrainingHours: () => [{ data: exchange, by: system, at: after }],
};
