import { Client } from 'pg';
import type { SingleAppend } from './single-appends';

/** The floor: PostgreSQL alone, one prepared INSERT a transaction, into a table with the log's columns and indexes. */
export interface PlainInserts {
  /** `connections` at once, each with one insert under way. */
  insert(rows: readonly SingleAppend[], connections: number): Promise<void>;
  close(): Promise<void>;
}

const TABLE = `
  create schema plain;
  create table plain.events (like log.events including all);
  create sequence plain.places;
  alter table plain.events alter column position set default nextval('plain.places')`;

const STATEMENT = {
  name: 'plain-insert',
  text: `insert into plain.events (revision, version, event_id, stream, type, meta, data) values ($1, $2, $3, $4, $5, $6, $7) returning position`,
} as const;

/** Opened after the log, whose table it copies. */
export const plainInserts = async (url: string, connections: number): Promise<PlainInserts> => {
  const clients = Array.from({ length: connections }, () => new Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  await clients[0]?.query(TABLE);
  return {
    insert: async (rows, at) => {
      let next = 0;
      const work = async (client: Client): Promise<void> => {
        for (let row = rows[next++]; row !== undefined; row = rows[next++]) {
          const { stream, revision, event } = row;
          await client.query({
            ...STATEMENT,
            values: [revision, event.version, event.eventId, stream, event.type, event.meta, event.data],
          });
        }
      };
      await Promise.all(clients.slice(0, at).map(work));
    },
    close: async () => void (await Promise.all(clients.map((client) => client.end()))),
  };
};
