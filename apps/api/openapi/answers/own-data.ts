import type { Schema } from '../checked-schemas';
import { line, said } from './cases';
import { evaluationFields, exchangeFields } from './exchanges';
import { ownMeeting } from './matches';
import { entry, erasure, member } from './members';
import { day, exchangeRole, id, list, one, orNull, shape, readPosition, text, time, described, whole, yesNo } from './shapes';

const words = described(
  orNull(text),
  'Null where its author’s data is erased; for the data protection officer, where it is not the member’s own too',
);
const { evaluations: _, ...exchange } = exchangeFields(words);
const evaluation = shape({ exchangeId: id, ...evaluationFields(words) });

const anything: Schema = { type: 'object', additionalProperties: true };

const ownPlace = shape({ memberId: orNull(id), seen: text, role: text, 'offerId?': id, 'requestId?': id });

const document = shape({
  readPosition,
  networkId: id,
  memberId: id,
  profile: member,
  offers: list(entry),
  requests: list(entry),
  matches: described(
    list(shape({ ...ownMeeting, participants: list(ownPlace) })),
    'Those in which they have a place, or that they mediate; of others by ids alone',
  ),
  exchanges: list(shape(exchange)),
  evaluations: described(
    orNull(shape({ given: list(evaluation), received: list(evaluation) })),
    'Received ones once unsealed (R13); null for the data protection officer, who does not read them (R15)',
  ),
  hours: list(shape({ date: day, role: exchangeRole, minutes: whole, minutesOutside: whole, outsideHours: yesNo, label: text })),
  cases: described(list(shape({ ...line, text: said, outcome: orNull(text) })), 'Those that the member opened'),
  erasure: described(orNull(erasure), 'How far an erasure is that was asked for'),
  accesses: described(
    list(shape({ at: time, role: text, purpose: one('audit', 'identity', 'access-request', 'hours-export'), subject: text })),
    'Looks by others that were recorded',
  ),
  events: described(
    list(shape({ stream: text, type: text, occurredAt: time, recordedAt: time, role: text, data: anything })),
    'Every event of the member’s own histories (membership, offers, requests), as recorded; another person’s id and texts are left out',
  ),
  texts: described(
    list(shape({ stream: text, type: text, path: text, recordedAt: time, text })),
    'Every text that is the member’s own, by event and field',
  ),
  register: described(
    shape({ linked: described(yesNo, 'Whether a keyed hash leads from the company identity to this member') }),
    'What the register of identities holds of them',
  ),
  signedInUntil: described(
    orNull(time),
    'When the session of the browser that asks ends; null without one. A session is sealed: nobody else can tell whose it is',
  ),
});

/** Answers to who asks for their own data, or answers for them. */
export const ownData: Readonly<Record<string, Schema>> = { 'OwnData.export': document, 'OwnData.answerRequest': document };
