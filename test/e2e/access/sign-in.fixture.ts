import type { Instant } from '#kernel/id';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { browser, type Browser } from '../harness/browser';
import { entering } from '../harness/entering';
import { identityProvider } from '../harness/identity-provider';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

type Provider = Awaited<ReturnType<typeof identityProvider>>;
type World = Awaited<ReturnType<typeof startApi>>;

/** What a network with members needs, and a provider at which Ana signs in unless a test says otherwise. */
const open = async (provider: Provider, world: World): Promise<Person> => {
  provider.open(world.url);
  const lou = await world.person('lou', ['network-lead']);
  ok(await lou.post('', { label: 'Lyon' }));
  ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
  for (const subject of ['ana', 'bo', 'zoe']) provider.claims.set(subject, { savoirs: { [world.networkId]: ['member'] } });
  const ana = await world.person('ana');
  ok(await ana.post('members', entering('Ana', 'Offre', 'Demande')));
  await eventually(async () => (await ana.get('/networks')).body.networks[0].membership === 'enrolled');
  return lou;
};

/** An API and its identity provider for the tests of a group, with a clock that can be put forward and the lines that are logged. */
export const signInUnderTest = () => {
  const here = { lines: '' } as { provider: Provider; world: World; lou: Person; lines: string };
  let later = 0;
  beforeAll(async () => {
    here.provider = await identityProvider();
    here.world = await startApi(
      { ...here.provider.settings, LOG_LEVEL: 'trace' },
      { logTo: { write: (line) => void (here.lines += line) } },
      { clock: { now: () => new Date(Date.now() + later).toISOString() as Instant } },
    );
    here.lou = await open(here.provider, here.world);
  }, 60_000);
  afterAll(async () => {
    await here.world?.close();
    await here.provider?.close();
  });
  beforeEach(() => Object.assign(here.provider, { who: 'ana', refuses: false, isAway: false, asked: [] }));

  const at = (path: string): string => `${here.world.url}${path}`;
  const inNetwork = (path: string): string => at(`/networks/${here.world.networkId}${path}`);
  return Object.assign(here, {
    at,
    inNetwork,
    moved: async (ms: number, then: () => Promise<unknown>): Promise<void> => {
      later = ms;
      try {
        await then();
      } finally {
        later = 0;
      }
    },
    signIn: async (subject = 'ana', one: Browser = browser()): Promise<Browser> => {
      here.provider.who = subject;
      const { url } = await one.open(at('/sign-in?returnTo=/n/lyon'));
      expect(url).toBe(at('/n/lyon'));
      return one;
    },
    session: async (one: Browser) => (await one.ask(at('/session'))).json() as Promise<Record<string, unknown>>,
    statusOf: async (one: Browser): Promise<number> => (await one.ask(inNetwork('/members/me'))).status,
    /** To the provider's answer, which is not given yet. */
    comingBack: async (one: Browser, returnTo = '/n/lyon'): Promise<string> => {
      let url = at(`/sign-in?returnTo=${returnTo}`);
      while (!url.startsWith(at('/sign-in/callback'))) url = new URL((await one.step(url)).headers.get('location')!, url).href;
      return url;
    },
    sentTo: async (one: Browser, url: string): Promise<string | null> => (await one.step(url)).headers.get('location'),
  });
};
