import type { Schema } from '../checked-schemas';
import { id, language, list, next, one, orNull, person, record, shape, readPosition, text, time, described, whole } from './shapes';

const policy = described(record({}), 'Windows in days, thresholds, labels: every value of the policy in force');

const pair = {
  pair: described(list(person), 'The two; their order says nothing'),
  by: described(person, 'Who forbade it'),
  since: time,
  reason: described(orNull(text), 'Null where the data of who gave it is erased'),
};

export const belonging = shape({
  networkId: id,
  label: text,
  defaultLanguage: language,
  timeZone: text,
  roles: described(list(text), 'What the token may act as there; `mediator` where the network lead named one so'),
  membership: described(
    orNull(one('applied', 'enrolled', 'paused', 'suspended', 'left', 'erased')),
    'What one is as a member; null for who never entered',
  ),
});

/** Answers about networks: what was decided there, and who may be in no match together. */
export const network: Readonly<Record<string, Schema>> = {
  'Networks.list': shape({
    networks: list(belonging),
  }),
  'Networks.read': shape({
    networkId: id,
    label: text,
    policy,
    policyVersion: whole,
    charterVersion: whole,
    timeZone: text,
    defaultLanguage: language,
  }),
  'Charter.read': shape({ charterVersion: whole, text: shape({ 'fr?': text, 'en?': text }), publishedAt: time }),
  'Mediators.list': shape({ mediators: list(shape({ memberId: id, name: described(orNull(text), 'Null where their data is erased') })) }),
  'ForbiddenPairs.list': shape({ readPosition, pairs: list(shape(pair)), next }),
};
