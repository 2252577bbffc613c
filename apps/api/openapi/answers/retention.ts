import type { Schema } from '../checked-schemas';
import { described, id, list, next, one, orNull, readPosition, shape, text, time, whole, yesNo } from './shapes';

const periods = {
  exchangeTextsMonths: described(whole, 'Months that texts of exchanges and incidents are kept after their end; 0: for good'),
  goneMembersMonths: described(whole, 'Months that the data of a member are kept after they left; 0: for good'),
};
const counts = shape({ exchanges: whole, incidents: whole, members: whole });

const run = shape({
  runId: described(orNull(id), 'Null of one that was done elsewhere, and written down by hand'),
  state: described(one('running', 'done', 'elsewhere'), '`running`: until nothing is due any more; it goes on by itself after a crash'),
  startedAt: time,
  endedAt: orNull(time),
  by: described(orNull(one('clock', 'data-protection-officer')), 'Who began it; null where nobody knows'),
  upTo: described(text, 'Whatever fell due by then is judged'),
  periods: described(orNull(shape(periods)), 'By which policy'),
  erased: described(whole, 'How much it ended so far'),
  kinds: described(orNull(counts), 'Of what; null where nobody said'),
});

const item = shape({
  kind: one('exchange', 'incident', 'member'),
  id: text,
  endedAt: described(time, 'From when on the months count'),
  dueAt: time,
  keptBy: described(orNull(one('dispute', 'legal-hold')), 'Why it stays all the same'),
});

/** What ends by age alone. */
export const retention: Readonly<Record<string, Schema>> = {
  'RetentionRuns.list': shape({ readPosition, runs: list(run), next }),
  'RetentionRuns.preview': shape({
    readPosition,
    ...periods,
    nextRunAt: described(orNull(time), 'When the next run begins by itself; null until somebody starts one by this policy'),
    isRunning: yesNo,
    counts: described(counts, 'What a run now would end'),
    kept: described(shape({ dispute: whole, legalHold: whole }), 'What is old enough, and stays'),
    items: list(item),
    next,
  }),
};
