import { Client, type ClientConfig } from 'pg';

export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export const connectionString = ({ host, port, user, password, database }: Connection): string =>
  `postgresql://${user}:${password}@${host}:${port}/${database}`;

/** One short-lived connection: opened, used, closed. */
export const once = async <T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionTimeoutMillis: 10_000, application_name: 'savoirs', ...config });
  client.on('error', () => undefined); // a server that goes away meanwhile: the query in flight tells it
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};
