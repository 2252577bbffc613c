import type { Schema } from '../checked-schemas';
import {
  bends,
  id,
  language,
  level,
  list,
  next,
  one,
  orNull,
  person,
  place,
  record,
  score,
  shape,
  readPosition,
  text,
  time,
  described,
  whole,
  yesNo,
} from './shapes';

const fields = (status: Schema, startedAt: Schema) => ({
  roundId: id,
  status,
  startedAt,
  by: described(id, 'Who ran it'),
  asOf: described(
    orNull(time),
    'As of when waiting and rest were judged: given again, the same inputs, policy and seed find the same (R18)',
  ),
  readUpTo: described(orNull(text), 'Id of the last event that the inputs contain'),
  inputHash: described(text, 'SHA-256 of the inputs: the same inputs have the same'),
  policyVersion: whole,
  seed: whole,
  solverVersion: text,
});
const counted = (maybe: (schema: Schema) => Schema) => ({
  considered: maybe(shape({ offers: whole, requests: whole })),
  matched: maybe(whole),
  unmatched: maybe(whole),
  gap: described(
    orNull(shape({ served: whole, cost: whole })),
    'By how much an unknown better round could differ at most: requests served, and ten-thousandths of a score; 0 and 0: none is better. Null: nothing is proven',
  ),
});
const round = shape({ ...fields(one('started', 'completed'), time), ...counted(orNull) });
const dryRound = shape({ ...fields(one('dry-run'), orNull(time)), ...counted((schema) => schema) });

const became = one(
  'found',
  'proposed',
  'opened',
  'confirmed',
  'connection-planned',
  'agreed',
  'superseded',
  'declined',
  'expired',
  'not-agreed',
);
const found = shape({
  matchId: id,
  participants: list(place),
  topicUri: orNull(text),
  level,
  language,
  smallestGroup: whole,
  ringId: orNull(text),
  metBefore: yesNo,
  score,
  'bends?': bends,
  became: described(became, '`found`: not proposed yet, or refused since something had changed by then (R16)'),
  superseded: orNull(shape({ ...(person.properties as Record<string, Schema>), reason: text })),
});
const { wording, topic } = place.properties as Record<string, Schema>;
const left = shape({
  requestId: id,
  reason: described(text, 'Why no match was found for it (R18)'),
  ...(person.properties as Record<string, Schema>),
  wording: wording!,
  topic: topic!,
});
const results = {
  became: described(record(whole), 'How many of its matches became what'),
  matches: list(found),
  unmatched: list(left),
  next,
};

const underWay = shape({
  roundId: id,
  by: described(id, 'Who asked for it'),
  since: time,
  dryRun: yesNo,
  phase: described(one('waiting', 'reading', 'solving', 'recording'), '`recording`: it is no longer stopped'),
});
const verdict = described(
  one('same', 'differs', 'inputs-erased', 'inputs-differ', 'other-solver', 'not-completed', 'undated'),
  '`same`, `differs`: over the same inputs, by the same solver. Else why it cannot be compared: texts were erased since, its inputs cannot be had again, another solver made it, it is not whole, or it does not say as of when it judged',
);
const replay = shape({
  roundId: id,
  verdict,
  solver: shape({ recorded: text, present: text }),
  inputHash: shape({ recorded: text, again: orNull(text) }),
  erased: described(whole, 'Offers and requests of its inputs whose words were erased since'),
  found: described(shape({ matches: whole, unmatched: whole }), 'What is recorded'),
  differing: whole,
  differences: described(
    list(shape({ what: one('match', 'unmatched', 'considered', 'gap'), id: orNull(text), how: one('gone', 'new', 'other') })),
    'The first hundred: recorded and not found again, found only now, or found otherwise',
  ),
});

/** Answers about matching rounds, dry or recorded. */
export const rounds: Readonly<Record<string, Schema>> = {
  'Rounds.run': {
    oneOf: [{ $ref: '#/components/schemas/CommandAnswer' } as Schema, shape({ dryRun: shape({ round: dryRound, ...results }) })],
  },
  'Rounds.list': shape({ readPosition, rounds: list(round), next }),
  'Rounds.read': shape({ readPosition, round, ...results }),
  'Rounds.underWay': shape({ rounds: list(underWay) }),
  'Rounds.stop': shape({ stopped: described(id, 'The round') }),
  'Rounds.replay': replay,
};
