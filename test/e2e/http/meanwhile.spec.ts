import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentIdentities } from '#apps/installation/development-identities';
import { documentOffline } from '#apps/api/openapi/offline';
import { readSettings } from '#apps/installation/settings';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { ROLES } from '../../docs/authorisation';
import { personAt } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { killAll, startChild } from '../harness/child';
import { entering } from '../harness/entering';
import { worstRequests, type WorstRequest } from '../harness/worst-requests';

/** The agreed bound on how long the API's thread may be busy with one thing. */
const AT_MOST_MS = 250;
const GIVE_UP_MS = 30_000;

/** The API is a program of its own here: what is measured is its thread, not the test's. */
describe('the API, while any route answers the worst that it takes', () => {
  let folder: string;
  let database: TestDatabase;
  let url: string;
  let token: string;
  let requests: readonly WorstRequest[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-meanwhile-'));
    database = await testDatabase();
    const env = {
      DATABASE_URL: database.url,
      SAVOIRS_DATA: folder,
      PORT: '0',
      LOG_LEVEL: 'silent',
      SAVOIRS_REQUESTS_PER_MINUTE: '1000000',
    };
    const child = startChild('apps/api/main.js', env);
    url = (await child.says(/^Savoirs listens on (http\S+)$/m))[1]!;
    const networkId = randomUUID();
    const roles = ROLES.filter((role) => role !== 'mediator');
    token = await (await developmentIdentities(readSettings(env))).token('ana', { [networkId]: roles });
    const ana = personAt(url, networkId, { subject: 'ana', token });
    ok(await ana.post('', { label: 'Lyon' }));
    ok(await ana.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
    const { position } = ok(await ana.post('members', entering('Ana', 'Souder', 'Lire un bilan'))).body;
    const { memberId } = ok(await ana.get(`members/me?after=${position}`)).body.member;
    await eventually(async () => (await ana.get('directory')).body.entries.length === 2);
    requests = worstRequests(await documentOffline(), { networkId, memberId });
  }, 120_000);
  afterAll(async () => {
    await killAll();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const liveMs = async (): Promise<number> => {
    const began = performance.now();
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    return performance.now() - began;
  };

  /** The slowest look at whether it lives while one request is under way. How that is answered is for other tests to say. */
  const meanwhile = async ({ method, path, body }: WorstRequest): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const sent = {
      method,
      headers,
      signal: AbortSignal.timeout(GIVE_UP_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    let isUnderWay = true;
    const answered = fetch(`${url}${path}`, sent)
      .then(async (response) => {
        // a feed has no end
        if (response.headers.get('content-type')?.startsWith('text/event-stream')) await response.body?.cancel();
        else await response.text();
      })
      .finally(() => (isUnderWay = false));
    answered.catch(() => undefined);
    let slowest = 0;
    do slowest = Math.max(slowest, await liveMs());
    while (isUnderWay);
    await answered;
    return slowest;
  };

  it('says that it lives, each time within 250 ms; what takes longer runs beside (R24, case 3)', async () => {
    expect(requests.length).toBeGreaterThan(70);
    const slow: { readonly route: string; readonly slowest: number }[] = [];
    for (const request of requests) {
      const slowest = await meanwhile(request);
      if (slowest <= AT_MOST_MS) continue;
      // A busy machine is slow by itself: once more, beside what it takes now while nothing is asked.
      const idle = Math.max(await liveMs(), await liveMs(), await liveMs());
      const again = await meanwhile(request);
      if (again > AT_MOST_MS + idle) slow.push({ route: request.route, slowest: Math.round(again) });
    }
    expect(slow).toEqual([]);
  }, 300_000);
});
