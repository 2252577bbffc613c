import type { Schema } from '../checked-schemas';
import { figure, id, list, next, one, orNull, shape, text, time, described, whole, yesNo } from './shapes';

const state = one('building', 'catching-up', 'ready', 'active', 'retired');
const built = { version: whole, build: whole };

const progress = shape({
  name: text,
  ...built,
  serves: state,
  paused: yesNo,
  position: text,
  done: whole,
  toDo: shape({ events: whole, estimated: yesNo }),
  eventsPerSecond: whole,
  secondsLeft: orNull(shape({ least: whole, most: whole })),
  fault: described(orNull(text), 'What stopped it by itself last, until it has caught up again'),
});
const builds = shape({ builds: list(progress) });

const comparison = shape({
  name: text,
  from: shape(built),
  to: shape(built),
  position: text,
  rows: shape({ from: whole, to: whole }),
  onlyFrom: whole,
  onlyTo: whole,
  differing: whole,
  compared: list(text),
  foreign: described(list(text), 'Fields that only one of both versions has: not compared'),
  declared: orNull(shape({ fields: list(text), rows: yesNo, because: text })),
  examples: described(list(text), 'Some keys that differ'),
  agrees: yesNo,
});

const again = shape({
  rows: list(shape({ name: text, ...built, key: text, folded: whole, left: whole, fault: orNull(text) })),
});

const certificate = shape({
  name: text,
  version: whole,
  event: described(orNull(id), 'The last event that counts; null before the first'),
  ordinal: described(whole, 'How many events the log has up to it'),
  rows: whole,
  parked: described(whole, 'Events that are set aside, and so are in no row'),
  hash: described(text, 'SHA-256, in hex'),
});

/** What operators read of projections, and what is known of their acts. */
export const operations: Readonly<Record<string, Schema>> = {
  'Operations.list': shape({
    month: text,
    operations: list(
      shape({ at: time, action: text, target: text, reason: described(orNull(text), 'Null where the operator’s personal data is erased') }),
    ),
    next,
  }),
  'Projections.list': shape({
    projections: list(
      shape({
        name: text,
        ...built,
        serves: state,
        state: text,
        pace: described(one('current', 'behind', 'stuck'), 'stuck: events wait, and it has not moved for half a minute'),
        fault: orNull(text),
        position: text,
        head: text,
        lagEvents: whole,
        lagMs: figure,
        handled: whole,
        parked: described(whole, 'Events, and due times of a process, that wait behind a fault'),
        beganAt: time,
        keptUntil: orNull(time),
      }),
    ),
  }),
  'Projections.progress': builds,
  'Projections.certify': shape({ certificate, line: described(text, 'The same as one line, as the command line writes it') }),
  'Projections.compare': shape({ comparison }),
  'Projections.pause': builds,
  'Projections.resume': builds,
  'Projections.rebuild': builds,
  'Projections.stop': builds,
  'Projections.switch': builds,
  'Projections.rollBack': builds,
  'Projections.parked': shape({
    parked: list(
      shape({
        ...{ name: text, ...built, key: text, unknown: yesNo, position: text, eventId: id, type: text, stream: text },
        due: described(orNull(shape({ name: text, at: time })), 'A due time of a process that came, set by that event'),
        ...{ state: one('parked', 'skipped'), fault: orNull(text) },
        answered: described(whole, 'Of a process’s commands on it, how many are answered: where there is a fault, the next one threw'),
        ...{ attempts: whole, parkedAt: time },
      }),
    ),
    next,
  }),
  'Projections.retry': again,
  'Projections.skip': again,
};
