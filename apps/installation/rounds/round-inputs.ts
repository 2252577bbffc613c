import { setTimeout as sleep } from 'node:timers/promises';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { plain } from '#application/dispatch/load-stream';
import { streamNamed } from '#application/dispatch/run-decider';
import { inputHashOf } from '#application/round/input-hash';
import type { FrozenInputs, RecordedInputs, RoundInputsSource } from '#application/round-inputs.port';
import type { NetworkFacts } from '#domain/command';
import { networkDecider, networkFacts } from '#domain/network/network.decider';
import type { NetworkEvent } from '#domain/network/network.events';
import type { Codec } from '#event-store/codec.port';
import type { Instant } from '#kernel/id';
import { START, type EventLog, type Position } from '#event-store/log.port';
import { inputsOf, readPool, topicsIn, type Pool } from '#projections/matching-pool/matching-pool.queries';
import { matchingPoolModel } from '#projections/matching-pool/matching-pool.table';
import type { AsOf } from '#read-store/as-of/as-of';
import { TooManyAsOf } from '#read-store/as-of/as-of-eviction';
import type { ReadStore } from '#read-store/read-store.port';
import { nearTopics, type NearTopics } from '#topics/near-topics';
import type { Topics } from '#topics/topics.port';

const BUSY_MS = 1_000;

export interface RoundInputsParts {
  readonly readStore: ReadStore;
  readonly asOf: AsOf;
  readonly log: EventLog;
  readonly codec: Codec;
  readonly topics: Pick<Topics, 'neighbours' | 'named'>;
  readonly facts: NetworkFactsSource;
}

/** What a network was from one place of the log to another, the newest first. */
const factsBetween = async (
  { log, codec }: RoundInputsParts,
  { networkId, startedAt }: RecordedInputs,
  from: Position,
): Promise<readonly NetworkFacts[]> => {
  let state = networkDecider.initial;
  let found: readonly NetworkFacts[] = [];
  for await (const stored of log.readStream(streamNamed('network', networkId))) {
    if (stored.position > startedAt) break;
    state = networkDecider.evolve(state, plain(codec.decode(stored)) as NetworkEvent);
    const facts = networkFacts(state, networkId);
    // what was overtaken before the round read anything is none of its
    if (facts) found = stored.position <= from ? [facts] : [facts, ...found];
  }
  return found;
};

const frozen = (
  pool: Pool,
  facts: NetworkFacts,
  { asOf, near }: { readonly asOf: Instant; readonly near: readonly NearTopics[] },
): FrozenInputs => ({
  // left out where there is nothing, so that inputs from before hash as they did (R18)
  inputs: { ...inputsOf(pool, facts, asOf), ...(near.length > 0 ? { near } : {}) },
  readUpTo: pool.readUpTo,
  facts,
  unreadable: pool.unreadable,
});

/** A round's network is as of somewhere between what its pool read last and its own first event: its hash tells where. */
const inputsAt = (parts: RoundInputsParts, round: RecordedInputs, signal?: AbortSignal): Promise<FrozenInputs> => {
  const { networkId, asOf, readUpTo, inputHash, policyVersion } = round;
  const until = readUpTo === null ? { position: START } : { eventId: readUpTo };
  const read = async ({ store, place }: { readonly store: ReadStore; readonly place: { readonly position: Position } }) => {
    const pool = await readPool(store, networkId);
    const all = (await factsBetween(parts, round, place.position)).filter((facts) => facts.policyVersion === policyVersion);
    const before = { ...pool, readUpTo };
    const near = await Promise.all(all.map(({ policy }) => nearTopics(parts.topics, topicsIn(pool), policy.nearTopics)));
    const tried = [
      ...all.map((facts, index) => frozen(before, facts, { asOf, near: near[index]! })),
      // as rounds read it while topics met themselves alone
      ...all.map((facts) => frozen(before, facts, { asOf, near: [] })),
    ];
    const then = tried.find(({ inputs }) => inputHashOf(inputs) === inputHash) ?? tried[0];
    if (!then) throw new Error('a round of a network that was not open');
    return then;
  };
  return patiently(() => parts.asOf.read(matchingPoolModel, until, read, signal ? { signal } : {}), signal);
};

/** Others read the past, too: a version of it is free in a minute at most. */
const patiently = async <T>(read: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
  for (;;) {
    try {
      return await read();
    } catch (fault) {
      if (!(fault instanceof TooManyAsOf)) throw fault;
      await sleep(BUSY_MS);
      signal?.throwIfAborted();
    }
  }
};

/** Rounds read the matching pool: of the present, or as of the place that an earlier one read. */
export const roundInputs = (parts: RoundInputsParts): RoundInputsSource => ({
  freeze: async (networkId, asOf) => {
    const pool = await readPool(parts.readStore, networkId);
    // afterwards, so that the network is no older than the pool
    const facts = await parts.facts.of(networkId);
    if (!facts) return null;
    const near = await nearTopics(parts.topics, topicsIn(pool), facts.policy.nearTopics);
    return frozen(pool, facts, { asOf, near });
  },
  inputsAt: (round, signal) => inputsAt(parts, round, signal),
});
