import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { PersonRole } from '#apps/api/auth/access';
import { developmentIdentities } from '#apps/api/auth/development-identities';
import { serve } from '#apps/api/serve';
import { openInstallation } from '#apps/installation/installation.module';
import { readSettings } from '#apps/installation/settings';
import { testDatabase } from '#testing/test-database';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // The tests look into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface Person {
  readonly subject: string;
  get(path: string): Promise<Answer>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** The real API over real HTTP on a real database, with the projector in its process. */
export const startApi = async (env: Record<string, string> = {}) => {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-e2e-'));
  const settings = readSettings({ DATABASE_URL: database.url, SAVOIRS_DATA: folder, PORT: '0', LOG_LEVEL: 'silent', ...env });
  const installation = await openInstallation(settings, { warn: () => undefined, cacheMs: 0 });
  const { url, stop, api } = await serve(installation);
  const identities = await developmentIdentities(settings);
  const networkId = randomUUID();

  const person = async (subject: string, roles: readonly PersonRole[] = ['member'], network: string = networkId): Promise<Person> => {
    const token = await identities.token(subject, { [network]: roles });
    const send: Person['send'] = async (method, path, body, headers = {}) => {
      const response = await fetch(path.startsWith('/') ? `${url}${path}` : `${url}/networks/${network}${path === '' ? '' : `/${path}`}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? null : response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
      };
    };
    return { subject, send, get: (path) => send('GET', path), post: (path, body = {}, headers) => send('POST', path, body, headers) };
  };

  return {
    url,
    api,
    installation,
    networkId,
    person,
    close: async (): Promise<void> => {
      await stop();
      await installation.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
