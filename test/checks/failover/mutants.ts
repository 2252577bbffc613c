import { AppendRecovery } from '#event-store/eventstoredb/appending/append-recovery';
import type { Timers } from '#event-store/eventstoredb/client/timers';
import { freshIds, freshRevision, trustedRevision, wrongTakenForOwn } from './mutants-of-appends';
import { anyNode, deafToLostConnections, pageTooLate, quietEnd } from './mutants-of-reads';
import { checkpointsFirst, cleanEndIsTheEnd, deafToErrors, lastReceived, oneBehind, rejectingCheckpoint } from './mutants-of-subscriptions';
import { patchMethod } from '../runner/patch-method';
import type { Mutant } from '../runner/self-test';
import { atOnce, withoutEnd } from './patches';

/** A bug of the adapter, or of a consumer, planted in a process of its own. */
export interface AdapterMutant extends Mutant {
  readonly timers?: (timers: Timers) => Timers;
  /** The consumer's. */
  readonly checkpointFirst?: boolean;
}

/** Planted one by one, each in processes of its own. */
export const MUTANTS: readonly AdapterMutant[] = [
  { bug: 'a consumer stores its checkpoint before what it stands for', checkpointFirst: true },
  { bug: 'the revision is read again before a retry', plant: freshRevision },
  { bug: 'a retry has new event ids', plant: freshIds },
  { bug: 'an append is not ended on this side', timers: withoutEnd('append attempt', 'append deadline') },
  { bug: 'an append is retried for ever, and never told as unknown', timers: withoutEnd('append deadline'), rare: true },
  {
    bug: 'nothing is read back after an answer that never came',
    plant: () => patchMethod(AppendRecovery, 'readBack', () => Promise.resolve(undefined)),
    rare: true,
  },
  { bug: 'a mute subscription is not watched', timers: withoutEnd('watchdog') },
  { bug: 'a clean end of a subscription is taken for the end', plant: cleanEndIsTheEnd, rare: true },
  { bug: 'a checkpoint is told before the events that lie before it', plant: checkpointsFirst, rare: true },
  { bug: 'a subscription resumes after what it received, not after what it gave', plant: lastReceived, rare: true },
  { bug: 'a subscription resumes one event too early', plant: oneBehind, rare: true },
  { bug: 'attempts follow one another without a pause', timers: atOnce('append back-off', 'read back-off', 'back-off'), rare: true },
  { bug: 'the revision in the answer is believed', plant: trustedRevision },
  { bug: 'reads ask whatever node is there', plant: anyNode, rare: true },
  { bug: 'a wrong revision is taken for the own append', plant: wrongTakenForOwn },
  { bug: 'a page begins one event too late', plant: pageTooLate },
  { bug: 'a read that breaks is taken for its end', plant: quietEnd },
  { bug: 'nobody listens to the errors of a subscription', plant: deafToErrors },
  { bug: 'the handler of checkpoints rejects', plant: rejectingCheckpoint, rare: true },
  { bug: 'nobody listens where a connection breaks while no node can be found', plant: deafToLostConnections, rare: true },
];
