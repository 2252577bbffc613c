import type { Decider, Refusal } from '#kernel/decider';
import type { StreamName } from '#kernel/id';
import { FIRST_INSTANT } from '#kernel/instant';
import type { SentCommand } from '#domain/catalogue';
import type { NetworkFacts } from '#domain/command';
import type { NetworkId } from '#domain/ids';
import type { NetworkCommand } from '#domain/network/network.commands';
import type { NetworkEvent } from '#domain/network/network.events';
import { defaultPolicy } from '#domain/network/policy';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import { plain } from './load-stream';

export interface NetworkFactsSource {
  /** As of the network stream's last event; null where no such network is open. */
  of(networkId: NetworkId): Promise<NetworkFacts | null>;
}

interface Parts<State> {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly decider: Pick<Decider<State, NetworkCommand, NetworkEvent, Refusal>, 'initial' | 'evolve'>;
  readonly factsOf: (state: State, networkId: NetworkId) => NetworkFacts | null;
}

interface Known<State> {
  readonly state: State;
  readonly revision: number;
}

/** Folds network streams; keeps each state and reads on from its revision at every use, so that no policy is ever stale. */
export const createNetworkFacts = <State>({ log, codec, decider, factsOf }: Parts<State>): NetworkFactsSource => {
  const known = new Map<NetworkId, Known<State>>();
  const readOn = async (networkId: NetworkId): Promise<NetworkFacts | null> => {
    let { state, revision } = known.get(networkId) ?? { state: decider.initial, revision: -1 };
    for await (const stored of log.readStream(`network-${networkId}` as StreamName, { from: revision + 1 })) {
      state = decider.evolve(state, plain(codec.decode(stored)) as NetworkEvent);
      revision = stored.revision;
    }
    // A read that started earlier may end later: the newer one stays.
    if (revision > (known.get(networkId)?.revision ?? -1)) known.set(networkId, { state, revision });
    return revision < 0 ? null : factsOf(state, networkId);
  };
  return { of: shared(readOn) };
};

/** Callers of one turn share a read, which begins after all of them asked: each sees at least what was committed by then. */
const shared = <Key, T>(read: (key: Key) => Promise<T>): ((key: Key) => Promise<T>) => {
  const gathering = new Map<Key, Promise<T>>();
  const begin = async (key: Key): Promise<T> => {
    await nextTurn();
    gathering.delete(key);
    return read(key);
  };
  return (key) => {
    const reading = gathering.get(key) ?? begin(key);
    gathering.set(key, reading);
    return reading;
  };
};

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const blank = (networkId: NetworkId): NetworkFacts => ({
  networkId,
  label: '',
  openedAt: FIRST_INSTANT,
  policyVersion: 0,
  policy: defaultPolicy,
  charterVersion: 0,
  mediators: [],
  forbiddenPairs: [],
  timeZone: 'Europe/Paris',
  defaultLanguage: 'fr',
});

/** The facts that an order is judged by: a network being opened has none yet, and operators act beside all networks. */
export const factsFor = async (source: NetworkFactsSource, order: SentCommand, networkId: NetworkId): Promise<NetworkFacts | null> => {
  if (order.type === 'RecordOperation') return blank(networkId);
  const facts = await source.of(networkId);
  return facts ?? (order.type === 'OpenNetwork' && order.data.networkId === networkId ? blank(networkId) : null);
};
