import type { Instant } from '#kernel/id';
import { defaultPolicy } from '#domain/network/policy';
import { requestId } from '#testing/content';
import { bo } from '#testing/people';
import type { FrozenInputs } from '../round-inputs.port';

export const asOf = '2026-03-02T00:00:00.000Z' as Instant;

export const content = {
  topicUri: null,
  topicKey: 'k',
  level: 'beginner',
  language: 'fr',
  place: 'remote',
  site: null,
  availability: [],
} as const;

/** So many requests of one person, and nobody who offers. */
export const frozenOf = (count: number, policyVersion = 1): FrozenInputs => ({
  inputs: {
    ...{ asOf, offers: [], givers: [], pairs: [], forbiddenPairs: [], unavailable: [] },
    requests: Array.from({ length: count }, (_, n) => ({ ...content, requestId: requestId(`r${n}`), memberId: bo, openSince: asOf })),
  },
  readUpTo: null,
  facts: { policy: defaultPolicy, policyVersion },
  unreadable: 0,
});
