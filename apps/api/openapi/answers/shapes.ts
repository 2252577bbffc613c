import type { Schema } from '../checked-schemas';

/** Schemas of answers, written by hand, in few words. */
export const text: Schema = { type: 'string' };
export const id: Schema = { type: 'string', format: 'uuid' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const day: Schema = { type: 'string', format: 'date' };
export const whole: Schema = { type: 'integer' };
export const figure: Schema = { type: 'number' };
export const yesNo: Schema = { type: 'boolean' };

export const one = (...values: readonly string[]): Schema => ({ type: 'string', enum: [...values] });
export const orNull = (schema: Schema): Schema => ({ ...schema, nullable: true });
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const record = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
export const described = (schema: Schema, description: string): Schema => ({ ...schema, description });

/** Every field is there; those whose name ends in `?` may be missing. */
export const shape = (fields: Readonly<Record<string, Schema>>): Schema => {
  const required = Object.keys(fields).filter((name) => !name.endsWith('?'));
  const properties = Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name.replace(/\?$/, ''), schema]));
  return { type: 'object', properties, additionalProperties: false, ...(required.length > 0 ? { required } : {}) };
};

export const readPosition = described(
  shape({ logId: id, position: text, recordedAt: orNull(time) }),
  'Where the answer stands: the last event it knows, and when that was recorded',
);
export const erasable = described(orNull(text), 'Null where its author’s data is erased');
export const next = described(orNull(text), 'Give it as `cursor` for the next page; null on the last');

export const language = one('fr', 'en');
export const topicLabel = shape({ uri: text, label: text, inLanguage: language });
export const level = one('beginner', 'practised', 'advanced');
export const exchangeRole = one('giver', 'learner');
export const participant = shape({ memberId: id, role: exchangeRole, 'offerId?': id, 'requestId?': id });

/** What an event is and where it lies, without what it says. */
export const eventLine = {
  eventId: id,
  type: text,
  stream: described(text, '`exchange-…`, `member-…`: whose history it belongs to'),
  occurredAt: time,
  recordedAt: time,
  actor: shape({ id: text, role: text }),
};

/** Who is seen by whom: the domain's rule (§7). */
const named = {
  memberId: described(orNull(id), 'Null while they are hidden'),
  name: described(orNull(text), 'Null while they are hidden, or where their data is erased'),
  seen: described(
    one('named', 'hidden', 'erased'),
    '`hidden`: they chose not to be shown, and have not accepted; or it is not for this role',
  ),
};
export const person = shape(named);
export const place = shape({
  ...named,
  role: exchangeRole,
  'offerId?': id,
  'requestId?': id,
  wording: described(orNull(text), 'What they formalised; null where their data is erased, or it is not for this role'),
  topic: orNull(shape({ text: orNull(text), uri: orNull(text) })),
});
export const bends = list(
  described(
    one('topic', 'level', 'place', 'half-days'),
    'What its people would have to agree on: the topics are near, not the same; they have no half-day or place in common; or the offer is a level below',
  ),
);
export const score = described(record(figure), 'Its parts; members see topic, level, language and distance');
