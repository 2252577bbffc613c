import { openApiDocument } from '#apps/api/openapi/document';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';
import { ok } from '../harness/asking';
import { entering } from '../harness/entering';

describe('the language in which the API speaks to people', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [ana, bo, fay, lou]: Person[] = [];

  beforeAll(async () => {
    world = await startApi();
    ana = await world.person('ana');
    bo = await world.person('bo');
    fay = await world.person('fay', ['facilitator']);
    lou = await world.person('lou', ['network-lead']);
    ok(await lou.post('', { label: 'Lyon', defaultLanguage: 'fr' }));
    ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
    const french = entering('Bo', 'Construire un tableau', 'Parler devant un groupe');
    const english = { ...french, profile: { ...french.profile, name: 'Ana', email: 'ana@example.org', languages: ['en', 'fr'] } };
    await bo.post('members', french);
    const { position } = ok(await ana.post('members', english)).body;
    ok(await ana.get(`members/me?after=${position}`));
    ok(await ana.get(`directory?after=${position}`));
  }, 60_000);
  afterAll(async () => await world?.close());

  const titled = async (person: Person, path: string, accept: string | undefined): Promise<unknown[]> => {
    const { body, headers } = await person.get(path, accept === undefined ? {} : { 'accept-language': accept });
    return [body.title, headers.get('content-language'), headers.get('vary')];
  };

  it.each([
    ['exchanges/00000000-0000-4000-8000-000000000001', 'There is no such exchange', 'Cet échange n’existe pas'],
    ['exchanges/x', 'There is nothing here', 'Il n’y a rien ici'],
    ['nowhere', 'There is nothing here', 'Il n’y a rien ici'],
    ['exchanges?limit=x', 'The request is malformed', 'La requête est mal formée'],
    ['rounds', 'This role may not do that', 'Ce rôle n’en a pas le droit'],
  ])('titles the problem of %s in French to who accepts French, else in English (case 45)', async (path, english, french) => {
    expect(await titled(ana!, path, 'fr-FR,fr;q=0.9,en;q=0.5')).toEqual([french, 'fr', 'accept-language']);
    for (const accept of ['en-GB,en;q=0.9,fr;q=0.1', 'de', undefined])
      expect(await titled(ana!, path, accept)).toEqual([english, 'en', 'accept-language']);
  });

  const label = 'Pivot tables';
  const etiquette = 'Tableaux croisés dynamiques';
  const labelIn = {
    directory: async (person: Person, query: string, headers: Record<string, string>) => {
      const { entries } = ok(await person.get(`directory?kind=offer${query}`, headers)).body;
      return entries[0].topic.label.label as string;
    },
    topics: async (person: Person, query: string, headers: Record<string, string>) =>
      ok(await person.get(`topics?text=pivot${query}`, headers)).body.topics[0].label as string,
  };

  it.each(['directory', 'topics'] as const)(
    'labels topics of %s as asked, else as the request accepts, else by the profile, else by the network (case 45)',
    async (route) => {
      const told = (person: Person | undefined, query: string, accept?: string) =>
        labelIn[route](person!, query, accept === undefined ? {} : { 'accept-language': accept });
      expect(await told(ana, '&labels=fr', 'en')).toBe(etiquette);
      expect(await told(bo, '&labels=en', 'fr')).toBe(label);
      expect(await told(ana, '', 'fr')).toBe(etiquette);
      expect(await told(bo, '', 'en')).toBe(label);
      expect(await told(ana, '')).toBe(label);
      expect(await told(ana, '', 'de')).toBe(label);
      expect(await told(bo, '')).toBe(etiquette);
      // who never entered has no profile
      expect(await told(fay, '')).toBe(etiquette);
    },
  );

  it('calls the language of labels by one name, wherever it is taken (case 45)', () => {
    const document = openApiDocument(world.api);
    const takers = Object.entries(document.paths).flatMap(([path, { get }]) =>
      (get?.parameters ?? []).some((one) => 'name' in one && one.name === 'Accept-Language' && one.description?.includes('labels'))
        ? [[path, (get?.parameters ?? []).some((one) => 'name' in one && one.name === 'labels')]]
        : [],
    );
    expect(takers).toEqual([
      ['/networks/{networkId}/directory', true],
      ['/networks/{networkId}/risk/topics', true],
      ['/networks/{networkId}/rounds/{roundId}/explanation', true],
      ['/networks/{networkId}/rounds/{roundId}/scarcity', true],
      ['/networks/{networkId}/satisfaction', true],
      ['/networks/{networkId}/scarcity', true],
      ['/networks/{networkId}/topics', true],
    ]);
  });
});
