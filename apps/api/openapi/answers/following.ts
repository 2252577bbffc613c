import type { Schema } from '../checked-schemas';
import {
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
  score,
  shape,
  standing,
  text,
  time,
  told,
  whole,
  yesNo,
} from './shapes';

const erasable = told(orNull(text), 'Null where its author’s data is erased');
const pseudonym = told(shape({ ref: text }), 'A reference in place of the text, which the auditor does not read');

const policy = told(record({}), 'Windows in days, thresholds, labels: every value of the policy in force');

const content = shape({
  wording: erasable,
  topic: shape({ text: erasable, uri: orNull(text) }),
  level,
  language,
  place: one('site', 'remote', 'either'),
  site: orNull(text),
  availability: list(text),
  declaredProfessional: yesNo,
  'smallestGroup?': whole,
  'largestGroup?': whole,
  'authorShown?': yesNo,
});

export const member = shape({
  kind: one('member'),
  networkId: id,
  memberId: id,
  status: one('applied', 'enrolled', 'paused', 'suspended', 'left', 'erased'),
  name: erasable,
  email: erasable,
  employeeNumber: told(orNull(text), 'By which the training system knows them; null where they gave none'),
  site: text,
  unit: text,
  languages: list(language),
  charterVersion: whole,
  capacity: whole,
  enrolledAt: orNull(time),
  pausedUntil: orNull(time),
  graceEndsAt: orNull(time),
  missing: orNull(one('offer', 'request', 'both')),
  engagements: list(shape({ matchId: id, role: exchangeRole })),
});

export const entry = shape({
  kind: one('offer', 'request'),
  id,
  networkId: id,
  memberId: id,
  status: told(
    text,
    'pending (written in your name, waiting for your word), draft, published, paused, review-due, lapsed, withdrawn, contested, taken-down, matched or met',
  ),
  standing: told(text, 'What it is beside a contest, and will be again where it is kept'),
  content,
  matchId: orNull(id),
});

const session = { sessionId: id, start: time, minutes: whole };
const agreementOf = (words: Schema) =>
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
  mediator: told(orNull(person), 'Of the connection; null where none is planned, or it is waived (R9)'),
  connection: told(orNull(shape({ start: time, place: erasable })), 'When and where they meet the mediator'),
  agreement: told(orNull(agreementOf(erasable)), 'Once recorded, whole: before it is confirmed, too. Not for a facilitator'),
  reason: told(orNull(erasable), 'Why it was proposed, where whoever did said so (R7)'),
};

/** As one's own data has it: others' names and texts are theirs. */
export const ownMeeting = {
  kind: one('match', 'exchange'),
  id,
  networkId: id,
  status: text,
  before: orNull(text),
  awaiting: told(list(id), 'Of a waived connection’s agreement: who has yet to confirm it (R9)'),
  superseded: told(
    orNull(
      shape({
        memberId: told(orNull(id), 'Whose place could not be kept; null while they are hidden'),
        reason: one('at-capacity', 'request-already-matched', 'not-available', 'not-enrolled', 'paused', 'suspended', 'left'),
      }),
    ),
    'Why the match never opened (R11); `not-available` where the reason is somebody else’s own affair',
  ),
  toldTo: told(
    orNull(text),
    '`participants`; before a match is open the id of who asked for it, and nobody else has it on their page (R11)',
  ),
  topicUri: orNull(text),
  fit: told(
    orNull(shape({ topic: figure, level: figure, language: figure, distance: figure })),
    'Of a match: the parts of its score that participants see',
  ),
  since: time,
  until: orNull(time),
};

const meeting = shape({ ...ownMeeting, ...affair });

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
  evaluations: told(list(shape(evaluationFields(words))), 'Sealed until all are in or the window ends (R13): before, only one’s own'),
  unsealed: yesNo,
  followUps: told(list(shape({ memberId: id, usedAtWork: yesNo, example: orNull(words) })), 'One’s own (R15)'),
  timeline: list(shape({ eventId: id, type: text, occurredAt: time, recordedAt: time, actor: shape({ id: text, role: text }) })),
});

const exchange = (words: Schema): Schema => shape(exchangeFields(words));
/** For those who see its people. */
const withPeople = { participants: list(place), mediator: orNull(person) };

const waiting = shape({
  kind: text,
  id: text,
  who: told(
    text,
    'A member’s id, or the role that it waits for; `member` where that member is hidden; `participants` of an exchange that may be evaluated or followed up',
  ),
  name: told(orNull(text), 'What that member is called, for who may know'),
  why: text,
  since: time,
  until: orNull(time),
  overdue: yesNo,
  topicUri: orNull(text),
  ...affair,
  score: orNull(score),
});

const behind = shape({
  matchId: id,
  origin: told(shape({ kind: one('round', 'facilitator', 'member'), 'by?': id, 'roundId?': id }), 'Who proposed the match'),
  level,
  language,
  smallestGroup: whole,
  ringId: orNull(text),
  connectionWaived: yesNo,
  score: told(record(figure), 'All its parts'),
});

/** Answers to what a person follows. */
export const following: Readonly<Record<string, Schema>> = {
  'Networks.list': shape({
    networks: list(
      shape({
        networkId: id,
        label: text,
        defaultLanguage: language,
        timeZone: text,
        roles: told(list(text), 'What the token may act as there; `mediator` where the network lead named one so'),
        membership: told(
          orNull(one('applied', 'enrolled', 'paused', 'suspended', 'left', 'erased')),
          'What one is as a member; null for who never entered',
        ),
      }),
    ),
  }),
  'Following.network': shape({
    networkId: id,
    label: text,
    policy,
    policyVersion: whole,
    charterVersion: whole,
    timeZone: text,
    defaultLanguage: language,
  }),
  'Following.mine': shape({ standing, member: orNull(member), entries: list(entry), meetings: list(meeting), next }),
  'Following.queue': shape({ standing, items: list(waiting), next }),
  'Following.match': shape({ standing, match: meeting }),
  'Following.exchanges': shape({ standing, exchanges: list(shape({ ...summary, ...withPeople })), next }),
  'Following.exchange': shape({
    standing,
    exchange: shape({ ...exchangeFields(erasable), ...withPeople }),
    people: told(list(person), 'Everybody who had a place when it was agreed'),
  }),
  'Oversight.replay': shape({ standing, revision: whole, exchange: exchange(pseudonym), match: orNull(behind) }),
};
