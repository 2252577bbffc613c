import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '#kernel/clock';
import { deciders } from '#domain/deciders';
import { networkDecider, networkFacts } from '#domain/network/network.decider';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import type { IdentityRegister, Keyring } from '#keys/keys.port';
import { createErasure, type ExchangesOf } from './erase-personal-data';
import { createExecuteOrder, type ExecuteOrder } from './execute-order';
import { createNetworkFacts, type NetworkFactsSource } from './network-facts';
import { createDispatcher, type Dispatcher } from './run-decider';

/** What it takes to decide and to execute what processes order. */
export interface DecidingPorts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly identities: IdentityRegister;
  readonly exchanges: ExchangesOf;
  /** Default: the 60 seconds that a process may cache a key for, and one more. */
  readonly cacheWindow?: () => Promise<void>;
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
  const { log, codec, clock, keyring, identities, exchanges, retryDelays } = ports;
  const facts = createNetworkFacts({ log, codec, decider: networkDecider, factsOf: networkFacts });
  const dispatcher = createDispatcher({ log, codec, clock, facts, deciders, ...(retryDelays ? { retryDelays } : {}) });
  const cacheWindow = ports.cacheWindow ?? (() => wait(KEY_CACHE_MS, undefined, { ref: false }));
  const erase = createErasure({ dispatcher, keyring, identities, exchanges, cacheWindow });
  return { dispatcher, execute: createExecuteOrder({ dispatcher, erase }), facts };
};
