import type { EvaluationForm, ExchangeEvent } from '#domain/exchange/exchange.events';
import type { ExchangeCommand } from '#domain/exchange/exchange.commands';
import type { CriterionId, ExchangeId, MatchId, MemberId, Salt, SessionId } from '#domain/ids';
import type { Agreement, PlannedSession } from '#domain/match/match.events';
import type { DomainActor, ExchangeRole, Participant, Presence } from '#domain/vocabulary';
import { addDays, addMinutes } from '#domain/calendar';
import type { Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import { command, now, type Circumstances } from '../commands';
import { offerId, requestId } from '../content';
import { lyon } from '../network-facts';
import { ana, bo, moe } from '../people';

/** An exchange as its tests tell it: Ana gives, Bo learns, Moe mediates; one session of 60 minutes, two days from now. */
export const exchangeId = 'exchange-1' as ExchangeId;
export const matchId = 'match-1' as MatchId;
export const ids = { exchangeId, networkId: lyon };
export const session = (name: string): SessionId => name as SessionId;
export const first = session('s1');
export const start = addDays(now, 2);
/** When everything planned lies behind. */
export const after = addDays(now, 3);

export const giver = (memberId: MemberId): Participant => ({ memberId, role: 'giver', offerId: offerId(`offer-${memberId}`) });
export const learner = (memberId: MemberId): Participant => ({ memberId, role: 'learner', requestId: requestId(`request-${memberId}`) });
export const pair = [giver(ana), learner(bo)];
export const planned = (name = 's1', at: Instant = start, minutes = 60): PlannedSession => ({
  sessionId: session(name),
  start: at,
  minutes,
});
export const agreement = (sessions: readonly PlannedSession[] = [planned()]): Agreement => ({
  content: 'Résumer des relevés',
  method: 'Sur les fichiers de Bo',
  place: 'Salle 2',
  sessions,
  criteria: ['c1', 'c2'].map((id) => ({ criterionId: id as CriterionId, text: `Critère ${id}` })),
});

type Data<Type extends ExchangeEvent['type']> = DataOf<ExchangeEvent, Type>;
export const openingOf = (changes: Partial<DataOf<ExchangeCommand, 'OpenExchange'>> = {}): DataOf<ExchangeCommand, 'OpenExchange'> => ({
  exchangeId,
  matchId,
  participants: pair,
  mediatorId: moe,
  topicUri: null,
  textOwner: ana,
  agreement: agreement(),
  ...changes,
});
export const agreed = (changes: Partial<Data<'ExchangeAgreed'>> = {}): ExchangeEvent => ({
  type: 'ExchangeAgreed',
  data: { ...openingOf(), ...ids, reportBy: addDays(start, 14), lapseAt: addDays(start, 74), ...changes },
});

export const presence = (memberId: MemberId, role: ExchangeRole, minutesOutside = 0): Presence => ({ memberId, role, minutesOutside });
export const bothThere = [presence(ana, 'giver'), presence(bo, 'learner')];
export const sessionHeld = (changes: Partial<Data<'SessionHeld'>> = {}): ExchangeEvent => {
  const data = { ...ids, sessionId: first, start, minutes: 60, present: bothThere, by: ana, planned: true, ...changes };
  return { type: 'SessionHeld', data, occurredAt: data.start };
};
export const heldConfirmed = (by: MemberId): ExchangeEvent => ({ type: 'HeldConfirmed', data: { ...ids, by } });
export const attendees = [
  { memberId: ana, role: 'giver' },
  { memberId: bo, role: 'learner' },
] as const;
export const evaluateBy = addDays(after, 30);
export const followUpFrom = addDays(after, 60);
export const followUpUntil = addDays(after, 90);
export const exchangeHeld = (changes: Partial<Data<'ExchangeHeld'>> = {}): ExchangeEvent => ({
  type: 'ExchangeHeld',
  data: {
    ...ids,
    matchId,
    participants: pair,
    present: attendees,
    lastSessionId: first,
    evaluateBy,
    followUpFrom,
    followUpUntil,
    ...changes,
  },
  occurredAt: addMinutes(start, 60),
});
/** The whole way to held. */
export const heldStory = [agreed(), sessionHeld(), heldConfirmed(ana), heldConfirmed(bo), exchangeHeld()];

/** In every form and follow-up of the story (R15). */
export const salt = '0f1e2d3c4b5a69788796a5b4c3d2e1f0' as Salt;

export const form = (role: ExchangeRole, changes: Partial<EvaluationForm> = {}): EvaluationForm => ({
  overall: 5,
  criteria: ['c1', 'c2'].map((id) => ({ criterionId: id as CriterionId, score: 4 })),
  usable: role === 'learner' ? 4 : null,
  again: true,
  comment: null,
  ...changes,
});
export const evaluated = (memberId: MemberId, role: ExchangeRole, changes: Partial<EvaluationForm> = {}): ExchangeEvent => ({
  type: 'EvaluationSubmitted',
  data: { ...ids, memberId, role, form: form(role, changes), salt },
});

type Target = { readonly exchangeId: ExchangeId };
/** A command to this exchange, by default when everything planned lies behind. */
export const ask = <Type extends ExchangeCommand['type']>(
  type: Type,
  data: Omit<DataOf<ExchangeCommand, Type>, keyof Target>,
  by: DomainActor,
  more: Circumstances = {},
): ExchangeCommand =>
  // The union cannot be narrowed by a type parameter; the signature ties type and data together.
  command(type, { exchangeId, ...data } as never, by, { at: after, ...more }) as ExchangeCommand;
