import { startApi } from '../harness/api-under-test';
import type { HttpAnswer, Person } from '../harness/person-at';
import { entering } from '../harness/entering';

export const EMAIL = 'zoe.durand@example.org';
export const NAME = 'Zoé Durand';
export const ANY_ID = '00000000-0000-4000-8000-000000000001';
const SECRETS = [EMAIL, NAME, 'zoe', 'Zo\\u00e9', 'Durand', 'eyJ', 'authorization'];

type World = Awaited<ReturnType<typeof startApi>>;

/** What somebody would send who enters well. */
export const good = () => {
  const body = entering('Zoe', 'Construire un tableau', 'Parler devant un groupe');
  return { ...body, profile: { ...body.profile, name: NAME, email: EMAIL } };
};

/** An API for the tests of a group, with all that it logged and answered. */
export const refusingApi = () => {
  const here = { logged: [], said: [] } as unknown as { world: World; ana: Person; lou: Person; logged: string[]; said: string[] };
  beforeAll(async () => {
    here.world = await startApi(
      { LOG_LEVEL: 'trace', SAVOIRS_BODY_LIMIT: '20000', SAVOIRS_REQUESTS_PER_MINUTE: '100000' },
      { logTo: { write: (line) => void here.logged.push(line) }, waitMs: 100 },
    );
    here.ana = await here.world.person('ana');
    here.lou = await here.world.person('lou', ['network-lead']);
    await here.lou.post('', { label: 'Lyon' });
    await here.lou.post('charter', { text: { fr: 'Chacun offre et demande.' } });
  });
  afterAll(async () => await here.world?.close());

  const lineOf = ({ body }: HttpAnswer): unknown =>
    here.logged
      .map((line) => JSON.parse(line) as { reqId?: string; msg: string })
      .find(({ reqId, msg }) => msg === 'request' && reqId === body.instance);
  /** The answer leaves before its line is written. */
  const settled = async (answer: Promise<HttpAnswer>): Promise<HttpAnswer> => {
    const got = await answer;
    for (let tries = 0; tries < 100 && !lineOf(got); tries++) await new Promise((resolve) => setImmediate(resolve));
    return got;
  };
  const problem = (answer: HttpAnswer): HttpAnswer['body'] => {
    here.said.push(JSON.stringify(answer.body), [...answer.headers].join(' '));
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ type: `urn:savoirs:problem:${answer.body.code}`, status: answer.status });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(lineOf(answer)).toMatchObject({ status: answer.status });
    return answer.body;
  };
  /** What names somebody in an answer, a log line or a metric, by where it stands. */
  const repeated = (): readonly string[] => {
    expect(Math.min(here.said.length, here.logged.length)).toBeGreaterThan(10);
    return SECRETS.flatMap((secret) =>
      [...here.said, ...here.logged].filter((text) => text.includes(secret)).map((text) => `${secret}: ${text}`),
    );
  };
  return Object.assign(here, { lineOf, settled, problem, repeated });
};
