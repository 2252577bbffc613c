import { Client, type QueryResult } from 'pg';

/** One real connection. Those that a schedule ends are rolled back and used again, as a new one costs more than a schedule. */
export interface Connection {
  readonly client: Client;
  readonly pid: number;
  inTransaction: boolean;
  inFlight: number;
  /** It took a lock of its session's. */
  locked: boolean;
}

const isBegin = (text: string): boolean => /^(begin|start transaction)/i.test(text);
export const isEnd = (text: string): boolean => /^(commit|rollback)$/i.test(text);

/** The connections of a process that plays schedules, and one to look with. */
export class Connections {
  private readonly idle: Connection[] = [];
  private readonly all = new Set<Connection>();

  private constructor(
    private readonly url: string,
    readonly control: Client,
  ) {}

  static async open(url: string): Promise<Connections> {
    return new Connections(url, await connected(url));
  }

  async take(): Promise<Connection> {
    const idle = this.idle.pop();
    if (idle) return idle;
    const client = await connected(this.url);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const connection: Connection = { client, pid: rows[0]!.pid, inTransaction: false, inFlight: 0, locked: false };
    this.all.add(connection);
    return connection;
  }

  giveBack(connection: Connection): void {
    if (this.all.has(connection)) this.idle.push(connection);
  }

  async run(connection: Connection, text: string, values: readonly unknown[] | undefined): Promise<QueryResult> {
    connection.inFlight += 1;
    try {
      const result = await connection.client.query(text, values === undefined ? undefined : [...values]);
      if (isBegin(text)) connection.inTransaction = true;
      else if (isEnd(text)) connection.inTransaction = false;
      if (text.includes('pg_advisory_lock')) connection.locked = true;
      return result;
    } finally {
      connection.inFlight -= 1;
    }
  }

  /** As when the connection ends: what was not committed is undone. `severs`: it does end. */
  async lose(connection: Connection, severs: boolean): Promise<void> {
    if (severs || connection.inFlight > 0) {
      this.all.delete(connection);
      await this.control.query('select pg_terminate_backend($1, 5000)', [connection.pid]);
      await connection.client.end().catch(() => undefined);
      return;
    }
    if (connection.inTransaction) await connection.client.query('rollback');
    if (connection.locked) await connection.client.query('select pg_advisory_unlock_all()');
    Object.assign(connection, { inTransaction: false, locked: false });
    this.giveBack(connection);
  }

  /** Of our own: whoever else is at this server is waited for. */
  async blockersOf(pid: number): Promise<readonly number[]> {
    const { rows } = await this.control.query<{ pids: readonly number[] }>({
      name: 'blocked',
      text: 'select pg_blocking_pids($1) as pids',
      values: [pid],
    });
    const own = new Set([...this.all].map(({ pid }) => pid));
    return rows[0]!.pids.filter((pid) => own.has(pid));
  }

  async close(): Promise<void> {
    await Promise.all([this.control, ...[...this.all].map(({ client }) => client)].map((client) => client.end()));
  }
}

const connected = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url, application_name: 'savoirs-check' });
  client.on('error', () => undefined); // some are ended on purpose
  await client.connect();
  await client.query(`set synchronous_commit to off; set deadlock_timeout to '20ms'; set client_min_messages to warning`);
  return client;
};
