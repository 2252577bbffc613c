import { createHash } from 'node:crypto';
import { matchingInputs } from '#bench/data/matching-inputs';
import { defaultPolicy } from '#domain/network/policy';
import { canonicalJson } from '#kernel/canonical-json';
import { optimumMatcher } from './optimum-matcher';
import { marketOf } from './market';
import { solveMarket } from './solve-market';

/** `node …/round-bytes.fixture.ts`: prints what a round of 400 members comes to, whole, and what it comes to from few candidates. */
const topics = Array.from({ length: 60 }, (_, topic) => `urn:topic:${topic}`);
const near = topics.slice(1).map((topic, at) => ({ topics: [topics[at]!, topic].sort() as [string, string], steps: at % 3 }));
const inputs = { ...matchingInputs(400, 3, topics), near };
const policy = { defaultCapacity: 2, gates: defaultPolicy.gates };
const round = optimumMatcher(inputs, policy, { seed: 11, makeId: (name) => name });
const { assigned, group, bound } = solveMarket(marketOf(inputs, policy, 11), { all: 0, wanted: 2, rounds: 20, withGroups: 20 });
const found = canonicalJson({ round, few: { assigned: [...assigned], group: [...group], bound } });
process.stdout.write(createHash('sha256').update(found).digest('hex'));
