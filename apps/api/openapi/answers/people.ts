import type { Schema } from '../checked-schemas';
import { id, list, next, one, orNull, shape, standing, text, time, told } from './shapes';

const name = told(orNull(text), 'Null where their data is erased');
const status = one('applied', 'enrolled', 'paused', 'suspended', 'left', 'erased');

/** Answers about who is who. */
export const people: Readonly<Record<string, Schema>> = {
  'People.dormant': shape({
    standing,
    members: list(shape({ memberId: id, lastActedAt: orNull(time), name, status: orNull(status) })),
    next,
  }),
  'People.mediators': shape({ mediators: list(shape({ memberId: id, name })) }),
  'People.identity': shape({ member: shape({ memberId: id, status, name, email: name }) }),
};
