import type { Schema } from '../checked-schemas';
import { agreementOf, session } from './matches';
import {
  erasable,
  exchangeRole,
  id,
  list,
  next,
  one,
  orNull,
  participant,
  person,
  place,
  shape,
  readPosition,
  text,
  time,
  described,
  whole,
  yesNo,
} from './shapes';

const presence = shape({ memberId: id, role: exchangeRole, minutesOutside: whole });
const exchangeStatus = one('agreed', 'in-progress', 'held', 'closed', 'cancelled', 'interrupted');
const summary = {
  exchangeId: id,
  matchId: id,
  status: exchangeStatus,
  disputed: yesNo,
  participants: list(participant),
  mediatorId: orNull(id),
  topicUri: orNull(text),
  evaluateBy: orNull(time),
};

export const evaluationFields = (words: Schema) => ({
  memberId: id,
  role: exchangeRole,
  versions: list(
    shape({
      overall: whole,
      criteria: list(shape({ criterionId: id, score: whole })),
      usable: orNull(whole),
      again: yesNo,
      comment: orNull(words),
    }),
  ),
});

export const exchangeFields = (words: Schema) => ({
  ...summary,
  networkId: id,
  agreedBy: list(id),
  agreement: agreementOf(words),
  sessions: list(shape({ ...session, held: yesNo, present: list(presence), noShows: list(shape({ memberId: id, contested: yesNo })) })),
  confirmedBy: list(id),
  evaluations: described(list(shape(evaluationFields(words))), 'Sealed until all are in or the window ends (R13): before, only one’s own'),
  unsealed: yesNo,
  followUps: described(list(shape({ memberId: id, usedAtWork: yesNo, example: orNull(words) })), 'One’s own (R15)'),
  timeline: list(shape({ eventId: id, type: text, occurredAt: time, recordedAt: time, actor: shape({ id: text, role: text }) })),
});

/** For those who see its people. */
const withPeople = { participants: list(place), mediator: orNull(person) };

/** Answers about exchanges. */
export const exchanges: Readonly<Record<string, Schema>> = {
  'Exchanges.list': shape({ readPosition, exchanges: list(shape({ ...summary, ...withPeople })), next }),
  'Exchanges.read': shape({
    readPosition,
    exchange: shape({ ...exchangeFields(erasable), ...withPeople }),
    people: described(list(person), 'Everybody who had a place when it was agreed'),
  }),
};
