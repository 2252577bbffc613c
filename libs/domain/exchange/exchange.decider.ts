import { refuse, type Decider } from '#kernel/decider';
import { disputeExchange, settleDispute } from './disputes';
import { amendEvaluation, endEvaluation, submitEvaluation } from './evaluation';
import type { ExchangeCommand } from './exchange.commands';
import type { ExchangeEvent } from './exchange.events';
import { evolve } from './exchange.evolve';
import type { ExchangeRefusal } from './exchange.refusals';
import type { ExchangeDecision, ExchangeState } from './exchange.state';
import { callFollowUp, submitFollowUp } from './follow-up';
import { confirmHeld, settleHeld } from './holding';
import { cancelExchange, dropOut, interruptExchange, lapseExchange, openExchange, rescheduleSession } from './planning';
import { contestNoShow, correctSession, reportNoShow, reportSession } from './sessions';
import { recordTrainingHours } from './training-hours';

export { exchangeRefusalRules, type ExchangeRefusal } from './exchange.refusals';
export type { ExchangeState } from './exchange.state';

const decide = (command: ExchangeCommand, state: ExchangeState): ExchangeDecision => {
  if (command.type === 'OpenExchange') return openExchange(command, state);
  if (state.status === 'unknown') return refuse({ code: 'exchange-not-found' });
  switch (command.type) {
    case 'RescheduleSession':
      return rescheduleSession(command, state);
    case 'CancelExchange':
      return cancelExchange(command, state);
    case 'DropOut':
      return dropOut(command, state);
    case 'ReportSession':
      return reportSession(command, state);
    case 'CorrectSession':
      return correctSession(command, state);
    case 'ConfirmHeld':
      return confirmHeld(command, state);
    case 'SettleHeld':
      return settleHeld(command, state);
    case 'ReportNoShow':
      return reportNoShow(command, state);
    case 'ContestNoShow':
      return contestNoShow(command, state);
    case 'InterruptExchange':
      return interruptExchange(command, state);
    case 'DisputeExchange':
      return disputeExchange(command, state);
    case 'SettleDispute':
      return settleDispute(command, state);
    case 'SubmitEvaluation':
      return submitEvaluation(command, state);
    case 'AmendEvaluation':
      return amendEvaluation(command, state);
    case 'SubmitFollowUp':
      return submitFollowUp(command, state);
    case 'LapseExchange':
      return lapseExchange(command, state);
    case 'EndEvaluation':
      return endEvaluation(command, state);
    case 'CallFollowUp':
      return callFollowUp(command, state);
    case 'RecordTrainingHours':
      return recordTrainingHours(command, state);
  }
};

export const exchangeDecider: Decider<ExchangeState, ExchangeCommand, ExchangeEvent, ExchangeRefusal> = {
  initial: { status: 'unknown' },
  evolve,
  decide,
};
