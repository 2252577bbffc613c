import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import type { DisputeId } from '../ids';
import { saidBefore } from '../said-before';
import { acceptWith, evaluationsUnsealed } from './consequences';
import type { ExchangeEvent } from './exchange.events';
import type { ExchangeCommandOf, ExchangeDecision, KnownExchange, Undisputed } from './exchange.state';
import { courseOf, idsOf, mediates, tookPart } from './exchange.state';

const settledIn = (course: Undisputed, id: DisputeId) => course.settledDisputes.find(({ disputeId }) => disputeId === id);

/** By whoever took part, or the mediator; one at a time, after closing too. What ended unheld has nothing to dispute. */
export const disputeExchange = (command: ExchangeCommandOf<'DisputeExchange'>, state: KnownExchange): ExchangeDecision => {
  const { data, by, at, network } = command;
  const { disputeId, kind, text } = data;
  const course = courseOf(state);
  const may = (by.role !== 'system' && tookPart(course, by.id)) || mediates(by, course, network);
  if (!may) return refuse({ code: 'not-allowed' });
  const settled = settledIn(course, disputeId);
  if (settled) return saidBefore([settled.kind, settled.text], [kind, text], { code: 'dispute-settled' });
  if (state.status === 'disputed')
    return saidBefore([state.disputeId, state.kind, state.text], [disputeId, kind, text], { code: 'exchange-disputed' });
  if (course.status === 'cancelled' || course.status === 'interrupted') return refuse({ code: 'exchange-ended' });
  const settleBy = addDays(at, network.policy.settleDays);
  return accept({ type: 'ExchangeDisputed', data: { ...idsOf(course), disputeId, kind, by: by.id, text, settleBy } });
};

/** §3: what was evaluated by then is unsealed, and who did and who did not is told; before it was held, nothing was due. */
const closedByDispute = (course: Undisputed): readonly ExchangeEvent[] => {
  if (course.status === 'closed') return [];
  if (course.status === 'evaluating') return evaluationsUnsealed(course, 'disputed');
  return [{ type: 'ExchangeClosed', data: { ...idsOf(course), outcome: 'disputed', submitted: [], missed: [] } }];
};

/** §7: by a facilitator whom the case does not name. Whatever waited for the settlement follows in the same decision. */
export const settleDispute = (command: ExchangeCommandOf<'SettleDispute'>, state: KnownExchange): ExchangeDecision => {
  const { data, by } = command;
  const { disputeId, outcome, text } = data;
  const course = courseOf(state);
  if (by.role !== 'facilitator') return refuse({ code: 'not-allowed' });
  const before = settledIn(course, disputeId)?.settlement;
  if (before) return saidBefore([before.outcome, before.text], [outcome, text], { code: 'dispute-settled' });
  if (state.status !== 'disputed' || state.disputeId !== disputeId) return refuse({ code: 'dispute-not-found' });
  if ([course.mediatorId, state.by].includes(by.id) || tookPart(course, by.id)) return refuse({ code: 'facilitator-named' });
  const settled: ExchangeEvent = { type: 'DisputeSettled', data: { ...idsOf(course), disputeId, by: by.id, outcome, text } };
  return outcome === 'closed' ? accept(settled, ...closedByDispute(course)) : acceptWith(state, command, settled);
};
