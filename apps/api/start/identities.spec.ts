import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandId } from '#kernel/id';
import { uuidV5 } from '#application/dispatch/derived-ids';
import { defaultPolicy } from '#domain/network/policy';
import type { NetworkId } from '#domain/ids';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { asNetworkLead } from '#testing/people';
import { demoIdentities } from '../../demo/people';
import { openInstallation, type Installation } from '../../installation/installation';
import { readSettings } from '../../installation/settings';
import { othersOpen, readIdentities, writeIdentities } from './identities';

const [first, second] = ['one', 'two'].map((name) => uuidV5('0192f0c1-0000-7000-8000-000000000000', name) as NetworkId) as [
  NetworkId,
  NetworkId,
];

describe('who plays, when Savoirs is started to be tried', () => {
  let db: TestDatabase;
  let folder: string;
  let here: Installation;
  /** The same installation, as over a restored log: that one has another id. */
  let restored: Installation;

  const open = async (networkId: NetworkId): Promise<void> => {
    const data = { networkId, label: 'Lyon', timeZone: 'Europe/Paris', defaultLanguage: 'fr', policy: defaultPolicy } as const;
    const envelope = { networkId, by: asNetworkLead(), commandId: uuidV5(networkId, 'open') as CommandId };
    const { outcome } = await here.application.dispatcher.dispatch({ type: 'OpenNetwork', data }, envelope);
    expect(outcome).toBe('done');
  };

  beforeEach(async () => {
    db = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'savoirs-cast-'));
    here = await openInstallation(readSettings({ DATABASE_URL: db.url, SAVOIRS_DATA: folder }), { warn: () => undefined });
    const { log } = here;
    restored = { ...here, log: Object.assign(Object.create(log), { logId: async () => 'another log' }) as typeof log };
  });
  afterEach(async () => {
    await here.close();
    await db.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are the same people after a restore, though the log has another id (case 37)', async () => {
    await open(first);
    await open(second);
    await writeIdentities(here, second, [{ subject: 'somebody', roles: ['member'], name: 'Some Body' }]);
    const cast = await readIdentities(restored, demoIdentities);
    expect(cast).toEqual({ ...(await readIdentities(here, demoIdentities)), logId: 'another log' });
    expect(cast.networkId).toBe(second);
    expect(await othersOpen(restored, cast)).toEqual([first]);
  });

  it('are people of the network that was restored, where nobody wrote down who plays (case 37)', async () => {
    await open(first);
    await here.keys.register(first, 'demo-3', 'a member');
    await here.keys.register(first, 'demo-hr', 'a member of staff');
    const { networkId, players } = await readIdentities(restored, demoIdentities);
    expect(networkId).toBe(first);
    expect(players.find(({ role }) => role === 'member')?.subject).toBe('demo-3');
    expect(players.find(({ role }) => role === 'hr')?.subject).toBe('demo-hr');
    expect(players.find(({ role }) => role === 'operator')?.subject).toBe('development-operator');
  });

  it('are to open a network of their own on a log that has none', async () => {
    const { networkId } = await readIdentities(here, demoIdentities);
    expect(await here.application.facts.of(networkId)).toBeNull();
    expect(await othersOpen(here, await readIdentities(here, demoIdentities))).toEqual([]);
  });
});
