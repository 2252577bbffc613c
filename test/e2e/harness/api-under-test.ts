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
import { personAt, type Person } from './person-at';

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
