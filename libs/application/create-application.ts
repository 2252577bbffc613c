import type { Clock } from '#kernel/clock';
import { deciders } from '#domain/deciders';
import { networkDecider, networkFacts } from '#domain/network/network.decider';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import type { ErasureLedger, IdentityRegister, Keyring } from '#keys/keys.port';
import type { Topics } from '#topics/topics.port';
import type { ClearTexts } from '#read-store/clear-texts.port';
import { commandTags } from './dispatch/command-tags';
import type { ErasureParts } from './erasure/destroy-texts';
import { createErasure } from './member/erase-personal-data';
import { createProcessCommands, type ExecuteProcessCommand } from './process-commands';
import { createNetworkFacts, type NetworkFactsSource } from './dispatch/network-facts';
import type { PairHistory } from './match/proposal';
import { createRetention } from './retention/apply-retention';
import { createDispatcher, type Dispatcher } from './dispatch/run-decider';

/** What it takes to decide and to execute what processes order. */
export interface DecidingPorts extends Pick<ErasureParts, 'onWaiting'> {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly identities: IdentityRegister;
  readonly texts: ClearTexts;
  readonly pairHistory: PairHistory;
  readonly ledger: ErasureLedger;
  readonly topics: Pick<Topics, 'labels'>;
  /** Milliseconds; default: the 60 seconds that a process may cache a key for, and one more. */
  readonly cacheMs?: number;
  readonly retryDelays?: readonly number[];
}

export interface Application {
  readonly dispatcher: Dispatcher;
  readonly execute: ExecuteProcessCommand;
  readonly facts: NetworkFactsSource;
}

const KEY_CACHE_MS = 61_000;

/** The application without Nest: for process runtimes, the CLI and tests. */
export const createApplication = (ports: DecidingPorts): Application => {
  const { log, codec, clock, keyring, identities, ledger, texts, topics, retryDelays, onWaiting } = ports;
  const facts = createNetworkFacts({ log, codec, decider: networkDecider, factsOf: networkFacts });
  const tagOf = commandTags(keyring);
  const dispatcher = createDispatcher({ log, codec, clock, facts, topics, tagOf, deciders, ...(retryDelays ? { retryDelays } : {}) });
  const erasing: ErasureParts = {
    ...{ dispatcher, keyring, identities, ledger, texts, clock, cacheMs: ports.cacheMs ?? KEY_CACHE_MS },
    ...(onWaiting ? { onWaiting } : {}),
  };
  const [erase, applyRetention] = [createErasure(erasing), createRetention({ ...erasing, facts })];
  return { dispatcher, execute: createProcessCommands({ dispatcher, history: ports.pairHistory, erase, applyRetention }), facts };
};
