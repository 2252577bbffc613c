import { createHash } from 'node:crypto';
import { matchingInputs } from '#bench/data/matching-inputs';
import { inputHashOf } from '#application/round/input-hash';
import { defaultPolicy } from '#domain/network/policy';
import { canonicalJson } from '#kernel/canonical-json';
import { optimumMatcher } from '#matching/optimum-matcher';

/** `node …/round-bytes SEED [spoilt]`: prints what rounds of this seed come to, as one hash; spoilt: in the words of this machine. */
const [seed = 1, spoilt] = [Number(process.argv[2]), process.argv[3] === 'spoilt'];
const topics = Array.from({ length: 40 }, (_, topic) => `urn:topic:${topic}`);

const rounds = [150, 400].map((members) => {
  const inputs = matchingInputs(members, seed, topics);
  const round = optimumMatcher(inputs, defaultPolicy, { seed, makeId: (name) => name });
  return { hash: inputHashOf(inputs), asOf: spoilt ? new Date(inputs.asOf).toLocaleString() : inputs.asOf, round };
});
process.stdout.write(createHash('sha256').update(canonicalJson(rounds)).digest('hex'));
