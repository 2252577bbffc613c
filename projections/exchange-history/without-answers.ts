import type { HistoryRow } from './exchange-history.projection';

/** Each of them tells that somebody has answered, and when; an exchange that closes early, that everybody has. */
const TELLING: readonly HistoryRow['timeline'][number]['type'][] = [
  'EvaluationSubmitted',
  'EvaluationAmended',
  'ExchangeEvaluated',
  'ExchangeClosed',
  'FollowUpDue',
  'FollowUpSubmitted',
];

/** Where evaluations of a held exchange stand, by the clock alone. */
export const standingAt = <Row extends Pick<HistoryRow, 'status' | 'evaluateBy'>>({ status, evaluateBy }: Row, now: string) =>
  evaluateBy === null || (status !== 'held' && status !== 'closed') ? status : evaluateBy <= now ? 'closed' : 'held';

/** As those see it who neither took part nor mediate: the same whatever has been answered (R15). */
export const withoutAnswers = <Row extends Pick<HistoryRow, 'status' | 'evaluateBy' | 'unsealed' | 'timeline'>>(
  row: Row,
  now: string,
): Row => {
  const status = standingAt(row, now);
  return { ...row, status, unsealed: status === 'closed', timeline: row.timeline.filter(({ type }) => !TELLING.includes(type)) };
};
