import type { Schema } from '../checked-schemas';
import {
  bends,
  erasable,
  figure,
  id,
  list,
  next,
  one,
  orNull,
  person,
  place,
  score,
  shape,
  readPosition,
  text,
  time,
  described,
  whole,
  yesNo,
} from './shapes';

export const session = { sessionId: id, start: time, minutes: whole };
export const agreementOf = (words: Schema) =>
  shape({
    content: words,
    method: words,
    place: words,
    sessions: list(shape(session)),
    criteria: list(shape({ criterionId: id, text: words })),
  });

/** What those concerned see of a match or an exchange. */
const affair = {
  participants: list(place),
  mediator: described(orNull(person), 'Of the connection; null where none is planned, or it is waived (R9)'),
  connection: described(orNull(shape({ start: time, place: erasable })), 'When and where they meet the mediator'),
  agreement: described(orNull(agreementOf(erasable)), 'Once recorded, whole: before it is confirmed, too. Not for a facilitator'),
  reason: described(orNull(erasable), 'Why it was proposed, where whoever did said so (R7)'),
};

/** As one's own data has it: others' names and texts are theirs. */
export const ownMeeting = {
  kind: one('match', 'exchange'),
  id,
  networkId: id,
  status: text,
  before: orNull(text),
  awaiting: described(list(id), 'Of a waived connection’s agreement: who has yet to confirm it (R9)'),
  superseded: described(
    orNull(
      shape({
        memberId: described(orNull(id), 'Whose place could not be kept; null while they are hidden'),
        reason: one('at-capacity', 'request-already-matched', 'not-available', 'not-enrolled', 'paused', 'suspended', 'left'),
      }),
    ),
    'Why the match never opened (R11); `not-available` where the reason is somebody else’s own affair',
  ),
  visibleTo: described(
    orNull(text),
    '`participants`; before a match is open the id of who asked for it, and nobody else has it on their page (R11)',
  ),
  topicUri: orNull(text),
  fit: described(
    orNull(shape({ topic: figure, level: figure, language: figure, distance: figure })),
    'Of a match: the parts of its score that participants see',
  ),
  bends: described(bends, 'Of a match, what it bends'),
  since: time,
  until: orNull(time),
};

export const meeting = shape({ ...ownMeeting, ...affair });

const waiting = shape({
  kind: text,
  id: text,
  who: described(
    text,
    'A member’s id, or the role that it waits for; `member` where that member is hidden; `participants` of an exchange that may be evaluated or followed up',
  ),
  name: described(orNull(text), 'What that member is called, for who may know'),
  why: text,
  since: time,
  until: orNull(time),
  overdue: yesNo,
  topicUri: orNull(text),
  ...affair,
  score: orNull(score),
  bends: described(bends, 'Of a match, what it bends'),
});

/** Answers about matches, and what waits. */
export const matches: Readonly<Record<string, Schema>> = {
  'Matches.read': shape({ readPosition, match: meeting }),
  'MatchQueue.read': shape({ readPosition, items: list(waiting), next }),
};
