import { START, type EventLog, type StoredEvent } from '#event-store/log.port';
import type { SeededRandom } from '#apps/demo/seeded-random';
import { oneBitOff } from './flipped-bits';

/** A log as somebody left it who can write where it lies. */
export interface Alteration {
  readonly what: string;
  readonly events: readonly StoredEvent[];
  /** Number of the first event that is not what it was, from 1. */
  readonly first: number;
}

const put = (all: readonly StoredEvent[], at: number, count: number, ...others: readonly StoredEvent[]): readonly StoredEvent[] => [
  ...all.slice(0, at),
  ...others,
  ...all.slice(at + count),
];

/** One bit of each field of each event, and all that can be done with whole events. `other`: of another log. */
export function* alterations(all: readonly StoredEvent[], other: readonly StoredEvent[], chance: SeededRandom): Generator<Alteration> {
  for (const [at, event] of all.entries()) {
    const first = at + 1;
    const flips = [...oneBitOff(event)];
    for (const { field, altered } of [chance.of(flips), chance.of(flips), flips.at(-1)!])
      yield { what: `${field} of event ${first}`, events: put(all, at, 1, altered), first };
    yield { what: `event ${first} taken out`, events: put(all, at, 1), first };
    yield { what: `the log cut before event ${first}`, events: all.slice(0, at), first };
    yield { what: `event ${first} of another log`, events: put(all, at, 1, other[at]!), first };
    yield { what: `the rest from event ${first} on of another log`, events: [...all.slice(0, at), ...other.slice(at)], first };
    if (at + 1 < all.length) {
      yield { what: `event ${first} doubled`, events: put(all, at, 1, event, event), first: first + 1 };
      yield { what: `event ${first} and the next swapped`, events: put(all, at, 2, all[at + 1]!, event), first };
      const far = chance.whole(at + 1, all.length - 1);
      yield { what: `event ${first} and ${far + 1} swapped`, events: put(put(all, at, 1, all[far]!), far, 1, event), first };
    }
  }
}

export const reading = (events: readonly StoredEvent[]): Pick<EventLog, 'readAll'> => ({
  async *readAll({ after = START, limit = Infinity }) {
    if (after !== START) throw new Error('a check reads a log from its start');
    yield* events.slice(0, limit);
  },
});
