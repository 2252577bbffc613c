import type { Schema } from '../checked-schemas';
import { figure, list, one, orNull, shape, text, described, whole, yesNo } from './shapes';

/** Answers about the process itself. */
export const health: Readonly<Record<string, Schema>> = {
  'Health.live': shape({ live: yesNo }),
  'Health.ready': shape({
    ready: yesNo,
    log: one('available', 'unavailable', 'not-followed'),
    subscriptions: described(
      list(shape({ state: one('catching-up', 'live', 'dropped', 'stopped'), drops: whole, downSeconds: figure, reason: orNull(text) })),
      'To a log in EventStoreDB; none where projections run in a process of their own',
    ),
    unserved: described(list(text), 'Read models that cannot be asked: each is being built'),
    projections: list(
      shape({ name: text, version: whole, build: whole, serves: text, state: text, pace: text, lagEvents: whole, parked: whole }),
    ),
  }),
};
