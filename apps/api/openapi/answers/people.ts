import type { Schema } from '../checked-schemas';
import { id, list, next, one, orNull, shape, standing, text, time, told, whole } from './shapes';

const name = told(orNull(text), 'Null where their data is erased');
const status = one('applied', 'enrolled', 'paused', 'suspended', 'left', 'erased');

/** Answers about who is who, and what all accepted. */
export const people: Readonly<Record<string, Schema>> = {
  'People.dormant': shape({
    standing,
    members: list(
      shape({
        memberId: id,
        lastActedIn: told(orNull(text), 'The month, as 2026-03: a time would tell what it was (R15)'),
        name,
        status: orNull(status),
      }),
    ),
    next,
  }),
  'Charter.read': shape({ charterVersion: whole, text: shape({ 'fr?': text, 'en?': text }), publishedAt: time }),
  'People.mediators': shape({ mediators: list(shape({ memberId: id, name })) }),
  'People.identity': shape({ member: shape({ memberId: id, status, name, email: name }) }),
};
