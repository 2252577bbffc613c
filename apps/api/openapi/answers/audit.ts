import { BUNDLE_FORM } from '#audit/bundle/bundle';
import type { Schema } from '../checked-schemas';
import { exchangeFields } from './exchanges';
import {
  described,
  eventLine,
  figure,
  id,
  language,
  level,
  list,
  one,
  next,
  orNull,
  readPosition,
  record,
  shape,
  text,
  time,
  whole,
  yesNo,
} from './shapes';

const pseudonym = described(shape({ ref: text }), 'A reference in place of the text, which the auditor does not read');
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
const position = described(text, 'Where it lies in the log: give it as `asOf`');

const why = shape({
  reasons: described(list(text), 'Codes: a reason, an outcome, a kind'),
  policyVersion: described(orNull(whole), 'By which version of the policy it was decided; null where none took part'),
  deadlines: described(record(time), 'Windows that it opened, by the name of their end'),
  score: described(orNull(record(figure)), 'Of a match, all parts'),
});

const event = {
  position,
  revision: described(whole, 'Within its own history'),
  ...eventLine,
  commandId: text,
  correlationId: described(text, 'The same for all that came of one act'),
  causationId: described(text, 'The event that made it happen; where somebody acted, the command'),
  why,
  data: described(anything, 'Texts as references; of an answer only that it was given (R15); of a person neither site nor unit'),
};

const step = shape({
  ...event,
  cause: described(orNull(whole), 'Which step made it happen, from 0 on; null where somebody acted, or the cause lies elsewhere'),
  depth: described(whole, 'How many steps led to it, one by the other'),
  changed: described(anything, 'The fields of the exchange that are others than before, as they are after it'),
});

const person = shape({
  memberId: id,
  role: one('giver', 'learner', 'mediator'),
  erasedAt: described(orNull(time), 'Since when their texts are gone'),
  'name?': described(orNull(text), 'Only with a motive of its own; null where their data is erased'),
});

const access = shape({
  eventId: id,
  at: time,
  role: text,
  by: described(id, 'Who looked'),
  purpose: one('audit', 'identity', 'access-request', 'hours-export'),
  subject: described(text, 'The history or the list looked at'),
  route: described(orNull(text), 'By which way; null where that was not recorded'),
  motive: described(orNull(text), 'In the words of whoever looked; null where their data is erased'),
});

const difference = shape({
  from: described(orNull(shape({ position, recordedAt: time, revision: orNull(whole) })), 'Null where nothing was there then'),
  fields: list(shape({ field: text, before: described(orNull({}), 'As it was'), after: described(orNull({}), 'As it is') })),
});

const evidenceEvent = shape({
  ordinal: described(whole, 'Its number in the log, from 1'),
  stream: text,
  revision: whole,
  id,
  type: text,
  version: whole,
  meta: described(text, 'As it is stored: canonical JSON'),
  'data?': described(text, 'As it is stored: personal fields are encrypted'),
  'dataHash?': described(text, 'SHA-256 in hex in the place of data that is not shown'),
  proof: described(list(text), 'Hashes in base64, from its sibling up to the root'),
});

const evidence = shape({
  bundle: one(BUNDLE_FORM),
  key: described(text, 'Verifier key of the log'),
  witnesses: described(list(text), 'Verifier keys of those who signed, too'),
  checkpoint: described(text, 'A signed note'),
  versions: shape({ policies: list(whole), schemas: record(list(whole)) }),
  events: list(evidenceEvent),
});

/** Answers to auditors. */
export const audit: Readonly<Record<string, Schema>> = {
  'Accesses.list': shape({ readPosition, accesses: list(access), next }),
  'Audit.replay': shape({
    readPosition,
    revision: described(orNull(whole), 'The exchange’s version; null where nothing was agreed yet'),
    exchange: orNull(shape(exchangeFields(pseudonym))),
    textsErasedAt: described(orNull(time), 'Since when the exchange’s own texts are gone, after the time that the policy keeps them'),
    match: orNull(behind),
    people: list(person),
    steps: described(
      list(step),
      'All that led to it and became of it, in the order of the log, over all histories; folded one over the other, `changed` is the exchange at any of them',
    ),
    causes: described(list(shape(eventLine)), 'Events of other histories that made something happen here'),
    difference: described(orNull(difference), 'What has become otherwise since `since`'),
  }),
  'Evidence.bundle': evidence,
  'Audit.open': shape({ event: shape({ ...event, version: described(whole, 'Of its schema, as it was written') }) }),
};
