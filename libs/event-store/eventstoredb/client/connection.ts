import { EventStoreDBClient } from '@eventstore/db-client';
import { LogUnavailable } from '../../log.port';
import { addressForClient, checkLogAddress, unreadableAddress } from './address';
import { patchClient } from './client-patches';

/** A client that can be replaced: some failures leave one that repeats them for ever. */
export class Connection {
  private client: EventStoreDBClient | undefined;
  private end: (() => void) | undefined;
  private closed = false;
  /** Answers heard, whatever they said: a connection over which none comes is dead. */
  private heard = 0;

  private readonly address: string;

  /** `gzip`: answers may come compressed, where the server does that. */
  constructor(
    url: string,
    private readonly gzip = false,
  ) {
    checkLogAddress(url);
    this.address = addressForClient(url);
  }

  /** @throws LogUnavailable once closed */
  get(): EventStoreDBClient {
    if (this.closed) throw new LogUnavailable('the log is closed', false);
    if (this.client === undefined) {
      this.client = clientOf(this.address);
      this.end = patchClient(this.client, this.gzip);
    }
    return this.client;
  }

  get answers(): number {
    return this.heard;
  }

  answered(): void {
    this.heard += 1;
  }

  /** What is under way over `broken` ends without an answer. */
  renew(broken: EventStoreDBClient): void {
    if (this.client === broken) this.drop();
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  private drop(): void {
    this.end?.();
    this.client = undefined;
    this.end = undefined;
  }
}

/** The client keeps the pending batch appends of a whole process in one place: one appending client an address, however many logs are open. */
const appending = new Map<string, { readonly connection: Connection; users: number }>();

export const appendingConnection = (url: string, gzip = false): { readonly connection: Connection; readonly release: () => void } => {
  const address = `${addressForClient(url)}${gzip ? ' gzip' : ''}`;
  const shared = appending.get(address) ?? { connection: new Connection(url, gzip), users: 0 };
  shared.users += 1;
  appending.set(address, shared);
  return {
    connection: shared.connection,
    release: () => {
      shared.users -= 1;
      if (shared.users > 0) return;
      appending.delete(address);
      shared.connection.close();
    },
  };
};

const clientOf = (url: string): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch {
    throw unreadableAddress();
  }
};
