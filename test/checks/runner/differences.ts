import type { Pool } from 'pg';
import { START, type EventLog, type Position, type StoredEvent } from '#event-store/log.port';

/** Lines that only one of two texts has, each told with the side that has it. */
export const differencesOf = (one: readonly string[], other: readonly string[], sides: readonly [string, string]): readonly string[] => {
  const count = new Map<string, number>();
  for (const line of one) count.set(line, (count.get(line) ?? 0) + 1);
  for (const line of other) count.set(line, (count.get(line) ?? 0) - 1);
  return [...count].flatMap(([line, more]) =>
    Array.from({ length: Math.abs(more) }, () => `only in ${more > 0 ? sides[0] : sides[1]}: ${line.slice(0, LINE)}`),
  );
};

const LINE = 300;

export const collected = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

export const eventsAfter = (
  { log }: { readonly log: Pick<EventLog, 'readAll'> },
  after: Position = START,
): Promise<readonly StoredEvent[]> => collected(log.readAll({ after }));

/** What a schema holds besides the read models' rows: processes' rows, their due times, clear texts. */
export const dumpBesides = async (pool: Pool, schema: string): Promise<readonly string[]> => {
  const lines = async (sql: string): Promise<readonly string[]> => (await pool.query<{ line: string }>(sql)).rows.map(({ line }) => line);
  return [
    ...(await lines(
      `select p.name || ' row ' || r.key || ' ' || r.row as line from ${schema}.process_row r join ${schema}.projection p on p.id = r.process order by 1`,
    )),
    ...(await lines(
      `select concat_ws(' ', p.name, 'due', d.key, d.name, d.at, d.network, d.correlation, d.causation) as line
       from ${schema}.due d join ${schema}.projection p on p.id = d.process order by 1`,
    )),
    ...(await lines(
      `select concat_ws(' ', 'text', ref, network, owner, stream, type, recorded_at, md5(text)) as line from ${schema}.personal_text order by 1`,
    )),
  ];
};
