import type { Clock } from '#kernel/clock';
import { deciders } from '#domain/deciders';
import { networkDecider, networkFacts } from '#domain/network/network.decider';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import type { ErasureLedger, IdentityRegister, Keyring } from '#keys/keys.port';
import type { Topics } from '#topics/topics.port';
import { commandTags } from './command-tags';
import { createErasure, type ExchangesOf } from './erase-personal-data';
import { createExecuteOrder, type ExecuteOrder } from './execute-order';
import { createNetworkFacts, type NetworkFactsSource } from './network-facts';
import type { PairHistory } from './proposal';
import { createDispatcher, type Dispatcher } from './run-decider';

/** What it takes to decide and to execute what processes order. */
export interface DecidingPorts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly identities: IdentityRegister;
  readonly exchanges: ExchangesOf;
  readonly pairHistory: PairHistory;
  readonly ledger: ErasureLedger;
  readonly topics: Pick<Topics, 'labels'>;
  /** Milliseconds; default: the 60 seconds that a process may cache a key for, and one more. */
  readonly cacheMs?: number;
  readonly retryDelays?: readonly number[];
}

export interface Application {
  readonly dispatcher: Dispatcher;
  readonly execute: ExecuteOrder;
  readonly facts: NetworkFactsSource;
}

const KEY_CACHE_MS = 61_000;

/** The application without Nest: for process runtimes, the CLI and tests. */
export const createApplication = (ports: DecidingPorts): Application => {
  const { log, codec, clock, keyring, identities, ledger, exchanges, topics, retryDelays } = ports;
  const facts = createNetworkFacts({ log, codec, decider: networkDecider, factsOf: networkFacts });
  const tagOf = commandTags(keyring);
  const dispatcher = createDispatcher({ log, codec, clock, facts, topics, tagOf, deciders, ...(retryDelays ? { retryDelays } : {}) });
  const erase = createErasure({ dispatcher, keyring, identities, ledger, exchanges, clock, cacheMs: ports.cacheMs ?? KEY_CACHE_MS });
  return { dispatcher, execute: createExecuteOrder({ dispatcher, history: ports.pairHistory, erase }), facts };
};
