import { accept, refuse } from '#kernel/decider';
import type { DomainActor } from '../vocabulary';
import type { NetworkFacts } from '../command';
import { acceptWith, heldNow } from './consequences';
import type { ExchangeEvent } from './exchange.events';
import type { ExchangeCommandOf, ExchangeDecision, KnownExchange, Undisputed } from './exchange.state';
import { attendeesOf, courseOf, haveBothRoles, idsOf, isOpen, mediates, tookPart, wasThere, whyNotOpen } from './exchange.state';

/** R12: held means at least one session, confirmed by a giver and by a learner who were there. */
export const confirmHeld = (command: ExchangeCommandOf<'ConfirmHeld'>, state: KnownExchange): ExchangeDecision => {
  const { by } = command;
  const course = courseOf(state);
  if (by.role === 'system' || !tookPart(course, by.id)) return refuse({ code: 'not-a-participant' });
  if (course.outcome || course.confirmedBy.includes(by.id)) return accept();
  if (!isOpen(course)) return refuse(whyNotOpen(course));
  if (course.sessions.length === 0) return refuse({ code: 'no-session-yet' });
  if (!wasThere(course, by.id)) return refuse({ code: 'was-not-there' });
  return acceptWith(state, command, { type: 'HeldConfirmed', data: { ...idsOf(course), by: by.id } });
};

/** R12: the mediator settles; a facilitator taking no part where there is no mediator, or the mediator takes part. */
const maySettle = (by: DomainActor, course: Undisputed, network: NetworkFacts): boolean => {
  if (mediates(by, course, network)) return true;
  const unmediated = course.mediatorId === null || tookPart(course, course.mediatorId);
  return unmediated && by.role === 'facilitator' && !tookPart(course, by.id);
};

export const settleHeld = (command: ExchangeCommandOf<'SettleHeld'>, state: KnownExchange): ExchangeDecision => {
  const { data, by, network } = command;
  const course = courseOf(state);
  if (!maySettle(by, course, network)) return refuse({ code: 'not-allowed' });
  if (data.outcome === 'held' ? course.outcome : course.foundNotHeld) return accept();
  if (state.status === 'disputed') return refuse({ code: 'exchange-disputed' });
  if (!isOpen(course)) return refuse(whyNotOpen(course));
  if (course.sessions.length === 0) return refuse({ code: 'no-session-yet' });
  const settled: ExchangeEvent = { type: 'HeldSettled', data: { ...idsOf(course), by: by.id, outcome: data.outcome } };
  if (data.outcome === 'not-held') return acceptWith(state, command, settled);
  if (!haveBothRoles(attendeesOf(course))) return refuse({ code: 'giver-or-learner-not-there' });
  return acceptWith(state, command, settled, ...heldNow(course, command));
};
