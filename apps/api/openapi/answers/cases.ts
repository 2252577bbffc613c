import type { Schema } from '../checked-schemas';
import { evidenceFields, openedFields, risk } from './figures';
import { id, list, next, one, orNull, person, shape, readPosition, text, time, described, yesNo } from './shapes';

export const said = described(
  orNull(shape({ text: orNull(text), erased: yesNo })),
  'A text, or that its author’s data is erased; null where there is none',
);

export const line = {
  kind: one('offer-contest', 'request-contest', 'dispute', 'incident'),
  id: described(id, 'A dispute’s or an incident’s own; for a contest that of the offer or request'),
  matter: described(text, 'What kind of contest, dispute or incident it is'),
  state: one('open', 'assessed', 'settled'),
  openedAt: time,
  settleBy: time,
  exchangeId: orNull(id),
  indicator: described(orNull(text), 'Of a risk: the indicator that crossed its threshold, and its cell'),
};

const file = shape({
  ...line,
  by: described(orNull(id), 'Who opened it; null for what the indicators found'),
  named: described(list(id), 'Whom it names besides'),
  text: said,
  content: described(orNull(shape({ wording: said, topic: said })), 'What is contested, in its author’s words'),
  action: said,
  settlement: said,
  outcome: orNull(one('kept', 'taken-down', 'goes-on', 'closed', 'resolved', 'ended')),
});

const judged = {
  readPosition,
  evaluatedAt: described(time, 'The network’s midnight at which the threshold was found crossed'),
  figure: orNull(risk),
};

/** Answers to those who settle what others cannot. */
export const cases: Readonly<Record<string, Schema>> = {
  'Cases.list': shape({ readPosition, cases: list(shape(line)), next }),
  'Cases.read': shape({
    readPosition,
    case: file,
    people: described(list(person), 'Who opened it and whom it names, by name for a facilitator'),
  }),
  'Cases.evidence': shape({ ...judged, ...evidenceFields }),
  'Cases.openEvidence': shape({ ...judged, ...openedFields }),
};
