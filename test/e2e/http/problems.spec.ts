import { TOKEN_ROLES } from '#apps/installation/access';
import { openApiDocument } from '#apps/api/openapi/document';
import { ANY_ID, EMAIL, good, NAME, refusingApi } from './problems.fixture';

interface Body {
  readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
}

describe('what the API refuses of a body, over HTTP', () => {
  const here = refusingApi();
  const { problem, settled } = here;
  const errors = async (body: unknown): Promise<{ field: string; message: string }[]> => {
    const answer = problem(await settled(here.ana.post('members', body)));
    expect(answer).toMatchObject({ status: 400, code: 'malformed' });
    return answer.errors;
  };

  it.each([
    ['malformed JSON', `{"email": "${EMAIL}"`],
    ['a text after the JSON', `{} ${NAME}`],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['a prototype', `{"__proto__": {"name": "${NAME}"}}`],
    ['brackets without end', `{"profile":${'['.repeat(9_000)}${']'.repeat(9_000)}}`],
    ['nothing at all', ''],
    ['null', 'null'],
    ['a list', `["${EMAIL}"]`],
    ['a bare text', `"${NAME}"`],
  ])('answers 400 to a body of %s', async (_, body) => {
    expect(problem(await settled(here.ana.post('members', body)))).toMatchObject({ status: 400, code: 'malformed' });
  });

  it('names an unknown field, a wrong type and a nested field by JSON pointer', async () => {
    expect(await errors({ ...good(), nickname: NAME })).toEqual([{ field: '/nickname', message: expect.any(String) }]);
    expect((await errors({ ...good(), charterVersion: NAME })).map(({ field }) => field)).toContain('/charterVersion');
    expect((await errors({ ...good(), profile: { ...good().profile, email: NAME } })).map(({ field }) => field)).toEqual([
      '/profile/email',
    ]);
    const [offer] = good().offers;
    const wrong = await errors({ ...good(), offers: [{ ...offer, topic: { text: 7, extra: EMAIL } }] });
    expect(new Set(wrong.map(({ field }) => field))).toEqual(new Set(['/offers/0/topic/text', '/offers/0/topic/extra']));
    expect((await errors({ ...good(), offers: [NAME] })).every(({ field }) => field.startsWith('/offers'))).toBe(true);
  });

  it('says what is wrong with a field in the reader’s language', async () => {
    const wrong = { ...good(), profile: { ...good().profile, email: NAME } };
    const told = async (language: string) =>
      problem(await settled(here.ana.post('members', wrong, { 'accept-language': language }))).errors;
    expect(await told('fr')).toEqual([{ field: '/profile/email', message: 'doit être une adresse électronique' }]);
    expect(await told('en')).toEqual([{ field: '/profile/email', message: 'must be an email' }]);
    const page = await settled(here.ana.get('directory?limit=0', { 'accept-language': 'fr' }));
    expect(problem(page).errors).toEqual([{ field: 'limit', message: 'doit valoir au moins 1' }]);
  });

  it('names no unknown field that is no name of a field', async () => {
    expect(await errors({ ...good(), [EMAIL]: 1, [NAME]: 2 })).toEqual([
      { field: '', message: expect.any(String) },
      { field: '', message: expect.any(String) },
    ]);
  });

  it('answers 415 to what is no JSON, 413 to what is too large', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const type of [form, { 'content-type': 'text/plain' }, { 'content-type': 'nonsense' }])
      expect(problem(await settled(here.ana.post('members', `email=${EMAIL}`, type)))).toMatchObject({ status: 415, code: 'not-json' });
    expect(problem(await settled(here.ana.post('members', { name: NAME.repeat(4000) })))).toMatchObject({ status: 413, code: 'too-large' });
  });

  it.each(['offers', 'requests'])('answers 400 to POST %s without content, naming it (case 34)', async (path) => {
    const answer = problem(await settled(here.ana.post(path, {})));
    expect(answer).toMatchObject({ status: 400, code: 'malformed', errors: [{ field: '/content' }] });
  });

  it('names code and rule where a rule refuses, and field of a header that is wrong', async () => {
    expect(problem(await settled(here.ana.post('members', { ...good(), requests: [] })))).toMatchObject({
      status: 422,
      code: 'offer-and-request-needed',
      rule: 'R1',
      ruleUrl: '/docs/rules#r1',
    });
    const key = await settled(here.ana.post('members', good(), { 'idempotency-key': 'two words' }));
    expect(problem(key).errors).toEqual([{ field: 'Idempotency-Key', message: expect.any(String) }]);
    expect(problem(await settled(here.ana.post('members', good(), { 'if-match': EMAIL })))).toMatchObject({ status: 412 });
  });

  it('refuses a name and an address in every field of every body, and repeats neither', async () => {
    const everybody = await here.world.person('everybody', [...TOKEN_ROLES]);
    const { paths, components } = openApiDocument(here.world.api);
    const schemas = components!.schemas as Record<string, { properties: object }>;
    const secret = `${NAME} <${EMAIL}>`;
    let sent = 0;
    for (const [path, item] of Object.entries(paths))
      for (const [method, { requestBody }] of Object.entries(item as Record<string, { requestBody?: Body }>)) {
        const name = requestBody?.content['application/json'].schema.$ref.split('/').at(-1);
        if (!name) continue;
        const fields = Object.keys(schemas[name]!.properties);
        const at = path.replace('{networkId}', here.world.networkId).replace(/\{\w+\}/g, ANY_ID);
        for (const value of [secret, { [secret]: secret }, [secret], [{ text: [secret] }]]) {
          const body = Object.fromEntries(fields.map((field) => [field, value]));
          const answer = await settled(everybody.send(method.toUpperCase(), at, body, { 'idempotency-key': EMAIL }));
          sent++;
          // a name is what it looks for
          if (path.endsWith('/members/search') && value === secret) {
            expect([answer.status, answer.body.members]).toEqual([200, []]);
            continue;
          }
          expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(answer.status).toBeLessThan(500);
          problem(answer);
        }
      }
    expect(sent).toBeGreaterThan(150);
  });

  it('repeats no value that anybody sent, in no answer, log line or metric', () => expect(here.repeated()).toEqual([]));
});
