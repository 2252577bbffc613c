import type { Schema } from '../checked-schemas';
import { described, id, language, level, list, next, one, orNull, person, score, shape, text, time, whole } from './shapes';

const about = {
  roundId: described(orNull(id), 'Null: what is open now'),
  basis: described(
    one('recorded', 'texts-erased', 'inputs-differ', 'other-solver', 'present'),
    '`recorded`: over the round’s own inputs, by its own solver; the next three: over what can be had of it today, and so of another round; `present`: what is open now',
  ),
  asOf: described(time, 'As of when waiting and rest are judged'),
  policyVersion: whole,
  seed: whole,
};

const gateCost = shape({
  gate: one('half-days', 'place', 'level', 'capacity', 'resting-pairs', 'smallest-group'),
  more: described(whole, 'Requests served more by the same round, solved anew with this gate alone open'),
  atMost: described(whole, 'The same of an unknown better round; equal where both are proven'),
});

const decided = one(
  ...['topic', 'level', 'language', 'distance', 'availability', 'reciprocity', 'waiting'],
  ...['only-offer', 'bends-less', 'new-acquaintance', 'needed-elsewhere', 'starts-a-group', 'load', 'draw'],
);

const learner = shape({
  requestId: id,
  offerId: id,
  score,
  alternative: described(
    orNull(shape({ offerId: id, giver: person, score })),
    'The next best offer of another giver that was open to this request; null: there was none',
  ),
  decided: described(decided, 'The part of the score that decided between the two, or what else did'),
});

const topic = described(
  shape({ uri: orNull(text), label: orNull(text) }),
  'By its label; words of one’s own, without a URI, for a facilitator alone',
);

const remedy = described(
  shape({
    kind: one(
      ...['open-half-days', 'other-place', 'lower-level', 'wait', 'author-returns'],
      ...['capacity', 'smaller-group', 'more-givers', 'nothing'],
    ),
    'until?': described(time, 'Of `wait`: when the pair’s rest ends'),
    'offerId?': described(id, 'Of `capacity` and `smaller-group`: whose giver takes one more; which begins with one learner'),
    'giver?': person,
    'givers?': described(whole, 'Of `more-givers`: so many newcomers …'),
    'served?': described(whole, '… would serve so many requests more'),
    'topic?': topic,
    'level?': level,
    'language?': language,
  }),
  'What would serve this request, or one more of those that wait; tried on the round’s own inputs',
);

const row = shape({
  topic,
  level,
  language,
  waiting: described(whole, 'Requests that the round leaves'),
  givers: described(whole, 'Who offers it in that language, at that level or above'),
  steps: described(
    list(shape({ givers: whole, served: whole })),
    'One newcomer more, two, three: requests served more in all; up to as many as wait',
  ),
});
const scarcity = shape({ ...about, rows: list(row), all: described(whole, 'Rows there would be: the fifty on which most wait are told') });

/** Answers about why a round came out as it did. */
export const explanations: Readonly<Record<string, Schema>> = {
  'RoundExplanations.explanation': shape({
    ...about,
    solverVersion: text,
    served: whole,
    gap: shape({ served: whole, cost: whole }),
    gateCosts: list(gateCost),
    told: described(
      shape({ 'no-common-language': whole, 'pair-forbidden': whole }),
      'Requests that these stopped, by the reason told: nobody opens them',
    ),
    proposals: list(shape({ matchId: id, learners: list(learner) })),
    unmatched: list(shape({ requestId: id, reason: described(text, 'Why no match was found for it (R18)'), remedy })),
    next,
  }),
  'RoundExplanations.scarcityOfRound': scarcity,
  'RoundExplanations.scarcity': scarcity,
};
