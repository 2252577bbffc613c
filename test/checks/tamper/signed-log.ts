import type { EventId, StreamName } from '#kernel/id';
import { makeCheckpoint } from '#audit/following/make-checkpoint';
import { MemoryTreeStore } from '#audit/memory/memory-tree-store';
import { signingKey, type SigningKey } from '#audit/notes/note-key';
import type { KeptCheckpoint } from '#audit/tree-store.port';
import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import { START, type EventLog, type EventToAppend, type StoredEvent } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';

export const logKey: SigningKey = signingKey('savoirs.example/log', 'ed25519', Buffer.alloc(32, 7));
export const witnessKeys: readonly SigningKey[] = [1, 2].map((n) =>
  signingKey(`witness.example/w${n}`, 'cosignature', Buffer.alloc(32, 16 + n)),
);

const TYPES = ['SessionHeld', 'HeldConfirmed', 'EvaluationSubmitted', 'ExchangeHeld'];
const hex = (chance: SeededRandom, digits: number): string =>
  Array.from({ length: digits }, () => chance.whole(0, 15).toString(16)).join('');
const uuid = (chance: SeededRandom): string =>
  `${hex(chance, 8)}-${hex(chance, 4)}-4${hex(chance, 3)}-8${hex(chance, 3)}-${hex(chance, 12)}`;

interface StreamEvent {
  readonly stream: StreamName;
  readonly event: EventToAppend;
}

const eventOf = (chance: SeededRandom): StreamEvent => ({
  stream: `exchange-${chance.whole(1, 9)}` as StreamName,
  event: {
    eventId: uuid(chance) as EventId,
    type: chance.of(TYPES),
    version: chance.whole(1, 3),
    meta: `{"actor":{"id":"${hex(chance, 8)}"},"policyVersion":${chance.whole(1, 3)}}`,
    data: `{"note":"é${hex(chance, chance.whole(0, 60))}"}`,
  },
});

export interface SignedLog {
  readonly log: EventLog;
  readonly events: readonly StoredEvent[];
  readonly store: MemoryTreeStore;
  /** Kept apart, from the smallest to the largest. */
  readonly checkpoints: readonly KeptCheckpoint[];
}

export interface SignedLogSize {
  readonly events: number;
  /** A checkpoint after each so many. */
  readonly every: number;
  /** From this event on, from 0, it has others; none where it is left out. */
  readonly forkedAt?: number;
}

const { signal } = new AbortController();

/** A log with its tree: the same seed and name make the same, but for what comes from a fork on. */
export const signedLog = async (seed: number, name: string, { events, every, forkedAt = Infinity }: SignedLogSize): Promise<SignedLog> => {
  const [chance, other] = [seededRandom(seed, name), seededRandom(seed, `${name} forked`)];
  const [log, store] = [new MemoryLog(), new MemoryTreeStore()];
  const checkpoints: KeptCheckpoint[] = [];
  for (let n = 0; n < events; n += 1) {
    const [own, forked] = [eventOf(chance), eventOf(other)];
    const { stream, event } = n === forkedAt ? forked : own;
    await log.append(stream, 'any', [event]);
    if ((n + 1) % every !== 0 && n + 1 < events) continue;
    const { made } = await makeCheckpoint({ log, store, key: logKey, folder: null, signal }, { cadence: null, lastAt: 0, now: 0 });
    if (made) checkpoints.push(made);
  }
  const all: StoredEvent[] = [];
  for await (const event of log.readAll({ after: START })) all.push(event);
  return { log, events: all, store, checkpoints };
};
