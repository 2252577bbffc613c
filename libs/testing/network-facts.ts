import type { Instant } from '#kernel/id';
import type { NetworkFacts } from '#domain/command';
import type { NetworkId } from '#domain/ids';
import { defaultPolicy, type Policy } from '#domain/network/policy';
import { moe, ned } from './people';

export const lyon = 'lyon' as NetworkId;
export const lille = 'lille' as NetworkId;

/** The network of every test, a year old, with the default policy, charter 1, and Moe and Ned as mediators. */
export const networkFacts = (changes: Partial<NetworkFacts> = {}): NetworkFacts => ({
  networkId: lyon,
  label: 'Lyon',
  openedAt: '2025-03-03T09:00:00.000Z' as Instant,
  policyVersion: 1,
  policy: defaultPolicy,
  charterVersion: 1,
  mediators: [moe, ned],
  forbiddenPairs: [],
  timeZone: 'Europe/Paris',
  defaultLanguage: 'fr',
  ...changes,
});

export const factsWithPolicy = (changes: Partial<Policy>): NetworkFacts => networkFacts({ policy: { ...defaultPolicy, ...changes } });
