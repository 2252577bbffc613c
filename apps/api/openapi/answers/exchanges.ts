import type { Schema } from '../checked-schemas';
import { agreementOf, session } from './matches';
import {
  erasable,
  eventLine,
  exchangeRole,
  figure,
  id,
  language,
  level,
  list,
  next,
  one,
  orNull,
  participant,
  person,
  place,
  record,
  shape,
  readPosition,
  text,
  time,
  described,
  whole,
  yesNo,
} from './shapes';

const pseudonym = described(shape({ ref: text }), 'A reference in place of the text, which the auditor does not read');

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

const exchange = (words: Schema): Schema => shape(exchangeFields(words));
/** For those who see its people. */
const withPeople = { participants: list(place), mediator: orNull(person) };

const behind = shape({
  matchId: id,
  origin: described(shape({ kind: one('round', 'facilitator', 'member'), 'by?': id, 'roundId?': id }), 'Who proposed the match'),
  level,
  language,
  smallestGroup: whole,
  ringId: orNull(text),
  connectionWaived: yesNo,
  score: described(record(figure), 'All its parts'),
});

const anything: Schema = { type: 'object', additionalProperties: true };
const step = shape({
  revision: whole,
  ...eventLine,
  commandId: text,
  correlationId: described(text, 'The same for all that came of one act'),
  causationId: described(text, 'The event that made it happen; where somebody acted, the command'),
  policyVersion: orNull(whole),
  data: described(anything, 'Texts as references; of an answer only that it was given (R15)'),
  changed: described(anything, 'The fields of the exchange that are others than before, as they are after it'),
});

/** Answers about exchanges. */
export const exchanges: Readonly<Record<string, Schema>> = {
  'Exchanges.list': shape({ readPosition, exchanges: list(shape({ ...summary, ...withPeople })), next }),
  'Exchanges.read': shape({
    readPosition,
    exchange: shape({ ...exchangeFields(erasable), ...withPeople }),
    people: described(list(person), 'Everybody who had a place when it was agreed'),
  }),
  'Exchanges.replay': shape({
    readPosition,
    revision: whole,
    exchange: exchange(pseudonym),
    match: orNull(behind),
    steps: described(
      list(step),
      'From the first event to this version: folded one over the other, `changed` is the exchange at any of them',
    ),
    causes: described(
      list(shape(eventLine)),
      'Events of other histories that made something happen here; none of a log that cannot look up by id',
    ),
  }),
};
