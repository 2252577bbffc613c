import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { PersonRole } from '#apps/installation/access';
import { developmentIdentities } from '#apps/installation/development-identities';
import { serve, type ServeOptions } from '#apps/api/serve';
import { openInstallation, type Installation, type OpenOptions } from '#apps/installation/installation';
import { readSettings } from '#apps/installation/settings';
import { testDatabase } from '#testing/test-database';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  // The tests look into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface Person {
  readonly subject: string;
  get(path: string, headers?: Record<string, string>): Promise<HttpAnswer>;
  /** A text or bytes are sent as they are, anything else as JSON. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<HttpAnswer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<HttpAnswer>;
}

const readable = async (response: Response): Promise<HttpAnswer> => {
  // a feed has no end
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel();
    return { status: response.status, headers: response.headers, body: null };
  }
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: text === '' ? null : isJson ? JSON.parse(text) : text };
};

/** Whoever has this token, in this network, at this API. */
export const personAt = (url: string, network: string, { subject, token }: { subject: string; token: string }): Person => {
  const send: Person['send'] = async (method, path, body, headers = {}) => {
    const address = path.startsWith('/') ? `${url}${path}` : `${url}/networks/${network}${path === '' ? '' : `/${path}`}`;
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    return readable(
      await fetch(address, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
      }),
    );
  };
  return {
    subject,
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body = {}, headers) => send('POST', path, body, headers),
  };
};

/** The real API over real HTTP on a real database, with the projector in its process. */
export const startApi = async (env: Record<string, string> = {}, options: ServeOptions = {}, opening: OpenOptions = {}) => {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-e2e-'));
  const settings = readSettings({ DATABASE_URL: database.url, SAVOIRS_DATA: folder, PORT: '0', LOG_LEVEL: 'silent', ...env });
  const installation = await openInstallation(settings, { warn: () => undefined, ...opening });
  const { url, stop, api } = await serve(installation, options);
  const identities = await developmentIdentities(settings);
  const networkId = randomUUID();
  const others: (() => Promise<void>)[] = [];

  const person = async (
    subject: string,
    roles: readonly PersonRole[] = ['member'],
    network: string = networkId,
    at = url,
  ): Promise<Person> => personAt(at, network, { subject, token: await identities.token(subject, { [network]: roles }) });

  /** For what is asked otherwise than a person asks, as a feed. */
  const tokenOf = (subject: string, roles: readonly PersonRole[]): Promise<string> => identities.token(subject, { [networkId]: roles });

  /** One API more on the same database, set up otherwise; it projects nothing. */
  const also = async (other: Record<string, string>, how: ServeOptions = {}, parts: Partial<Installation> = {}): Promise<string> => {
    const set = readSettings({ ...settings.env, ...other, SAVOIRS_PROJECTOR: '0' });
    const served = await serve({ ...installation, ...parts, settings: set }, how);
    others.push(served.stop);
    return served.url;
  };

  return {
    url,
    api,
    installation,
    networkId,
    person,
    tokenOf,
    also,
    close: async (): Promise<void> => {
      for (const one of others) await one();
      await stop();
      await installation.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
