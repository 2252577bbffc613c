import type { Instant } from '#kernel/id';
import type { ExchangeFacts, Sources } from './contribution';
import { weekCalendar } from './calendar';
import { membersOf } from './members';
import { factsOf } from './satisfaction.facts';
import type { SatisfactionRow } from './satisfaction.projection';

const DEFAULT_TIME_ZONE = 'Europe/Paris';

type RowOf<K extends SatisfactionRow['kind']> = Extract<SatisfactionRow, { kind: K }>;
const rowsOf = <K extends SatisfactionRow['kind']>(rows: readonly SatisfactionRow[], kind: K): readonly RowOf<K>[] =>
  rows.filter((row): row is RowOf<K> => row.kind === kind);

export const timeZoneOf = (rows: readonly SatisfactionRow[]): string => rowsOf(rows, 'network')[0]?.facts[0]?.timeZone ?? DEFAULT_TIME_ZONE;

const exchangeOf = ({ id, facts }: RowOf<'exchange'>, asOf: Instant): ExchangeFacts => {
  const known = facts.filter(({ rec }) => rec <= asOf);
  return { id, topicUri: factsOf(known, 'ExchangeAgreed')[0]?.topicUri ?? null, facts: known };
};

export const sourcesOf = (rows: readonly SatisfactionRow[], asOf: Instant): Sources => {
  const exchanges = rowsOf(rows, 'exchange').map((row) => exchangeOf(row, asOf));
  const first = exchanges.flatMap(({ facts }) => facts).reduce((least, { at }) => (at < least ? at : least), asOf);
  const opened = rowsOf(rows, 'network').flatMap(({ facts }) => facts.slice(0, 1));
  return { opened, exchanges, members: membersOf(rowsOf(rows, 'member')), weeks: weekCalendar(first, asOf, timeZoneOf(rows)) };
};
