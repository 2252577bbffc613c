import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { startApi } from '../harness/api-under-test';

const ISSUER = 'https://login.example.org';

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

const newKey = async (kid: string, alg = 'RS256'): Promise<Key> => ({ kid, alg, ...(await generateKeyPair(alg, { extractable: true })) });
const published = async ({ kid, alg, publicKey }: Key): Promise<JWK> => ({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' });

describe('tokens of an identity provider, by its published keys', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let provider: Server;
  let url: string;
  let [first, second, foreign]: Key[] = [];
  let keys: readonly JWK[] = [];
  let asked = 0;
  let answers = true;

  const claims = () =>
    new SignJWT({ roles: { [world.networkId]: ['network-lead'] } })
      .setSubject('lou')
      .setIssuer(ISSUER)
      .setAudience('savoirs')
      .setIssuedAt()
      .setExpirationTime('5m');
  const withSubject = (sub: unknown) =>
    new SignJWT({ roles: { [world.networkId]: ['network-lead'] }, sub: sub as string })
      .setIssuer(ISSUER)
      .setAudience('savoirs')
      .setExpirationTime('5m');
  const signed = ({ alg, kid, privateKey }: Key, jwt = claims()) => jwt.setProtectedHeader({ alg, kid }).sign(privateKey);
  const statusOf = async (token: string, at = url): Promise<number> =>
    (await fetch(`${at}/networks/${world.networkId}`, { headers: { authorization: `Bearer ${token}` } })).status;

  beforeAll(async () => {
    [first, second, foreign] = await Promise.all([newKey('first'), newKey('second', 'ES256'), newKey('first')]);
    keys = [await published(first!)];
    provider = createServer((_, response) => {
      asked++;
      if (!answers) return void response.writeHead(500).end();
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    world = await startApi();
    await (await world.person('lou', ['network-lead'])).post('', { label: 'Lyon' });
    url = await withKeys();
  });
  const withKeys = () =>
    world.also(
      {
        SAVOIRS_JWKS_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`,
        SAVOIRS_ISSUER: ISSUER,
        SAVOIRS_ROLES_CLAIM: 'roles',
      },
      { keysCooldownMs: 0 },
    );
  afterAll(async () => {
    await world?.close();
    await new Promise((resolve) => provider.close(resolve));
  });

  it('lets a valid token in, and keeps the keys', async () => {
    expect(await statusOf(await signed(first!))).toBe(200);
    expect(await statusOf(await signed(first!))).toBe(200);
    expect(asked).toBe(1);
  });

  it('fetches a new key when the provider rotates, and drops the old one', async () => {
    expect(await statusOf(await signed(second!))).toBe(401);
    keys = [await published(second!)];
    expect(await statusOf(await signed(second!))).toBe(200);
    expect(await statusOf(await signed(first!))).toBe(401);
    keys = [await published(first!), await published(second!)];
    expect(await statusOf(await signed(first!))).toBe(200);
  });

  it('makes nobody an operator by a role within one network: a claim of its own does, and only true (R23, case 30)', async () => {
    const operating = async (payload: object) => {
      const jwt = new SignJWT({ ...payload }).setSubject('sam').setIssuer(ISSUER).setAudience('savoirs').setExpirationTime('5m');
      const headers = { authorization: `Bearer ${await signed(first!, jwt)}` };
      const answer = await fetch(`${url}/networks/${world.networkId}/operations/projections`, { headers });
      return [answer.status, await answer.json()] as const;
    };
    const roles = { [world.networkId]: ['operator', 'member'] };
    const refused = [
      403,
      expect.objectContaining({ code: 'forbidden', rule: 'R23', detail: expect.stringContaining('SAVOIRS_OPERATOR_CLAIM') }),
    ];
    expect(await operating({ roles })).toEqual(refused);
    expect(await operating({ roles: { [world.networkId]: ['operator'] } })).toEqual(refused);
    for (const claimed of ['true', 1, ['operator'], { [world.networkId]: true }, false])
      expect(await operating({ roles, savoirs_operator: claimed })).toEqual(refused);
    expect((await operating({ savoirs_operator: true }))[0]).toBe(200);
  });

  it('reads roles as a list of texts, too, as providers say them that know no others (R23)', async () => {
    const answers = async (roles: unknown, paths: readonly string[]) => {
      const jwt = new SignJWT({ roles }).setSubject('tom').setIssuer(ISSUER).setAudience('savoirs').setExpirationTime('5m');
      const headers = { authorization: `Bearer ${await signed(first!, jwt)}` };
      return Promise.all(paths.map(async (path) => (await fetch(`${url}/networks${path}`, { headers })).status));
    };
    const here = `/${world.networkId}`;
    const [lists, operates] = [`${here}/forbidden-pairs`, `${here}/operations/projections`];
    expect(await answers([`${world.networkId}:member`], [here, lists, operates])).toEqual([200, 403, 403]);
    expect(await answers([`${world.networkId}:member`, `${world.networkId}:facilitator`], [here, lists])).toEqual([200, 200]);
    expect(await answers(['installation:operator'], [operates, lists])).toEqual([200, 403]);
    const nothing = [
      'operator',
      `${world.networkId}:operator`,
      `${world.networkId}`,
      'member',
      '__proto__:member',
      ':',
      '',
      7,
      null,
      ['a'],
    ];
    expect(await answers(nothing, [here, operates, ''])).toEqual([403, 403, 200]);
  });

  it.each<[string, () => Promise<string>]>([
    ['that has expired', () => signed(first!, claims().setExpirationTime(Math.floor(Date.now() / 1000) - 60))],
    ['that is not valid yet', () => signed(first!, claims().setNotBefore(Math.floor(Date.now() / 1000) + 300))],
    ['without an end', () => signed(first!, new SignJWT({}).setSubject('lou').setIssuer(ISSUER).setAudience('savoirs'))],
    ['without a subject', () => signed(first!, new SignJWT({}).setIssuer(ISSUER).setAudience('savoirs').setExpirationTime('5m'))],
    ['whose subject is null (case 33)', () => signed(first!, withSubject(null))],
    ['whose subject is a number (case 33)', () => signed(first!, withSubject(42))],
    ['whose subject is a list (case 33)', () => signed(first!, withSubject(['lou']))],
    ['whose subject is empty (case 33)', () => signed(first!, withSubject(''))],
    ['whose subject is longer than any (case 33)', () => signed(first!, withSubject('l'.repeat(256)))],
    ['for another audience', () => signed(first!, claims().setAudience('another'))],
    ['of another issuer', () => signed(first!, claims().setIssuer('https://evil.example.org'))],
    ['of another key under the same name', () => signed(foreign!)],
    ['of a key that nobody published', async () => signed(await newKey('third'))],
    [
      'signed by the public key as a shared secret',
      async () =>
        claims()
          .setProtectedHeader({ alg: 'HS256', kid: 'first' })
          .sign(new TextEncoder().encode(await exportSPKI(first!.publicKey))),
    ],
    [
      'without a signature (alg: none)',
      async () =>
        new UnsecuredJWT({ roles: { [world.networkId]: ['network-lead'] } })
          .setSubject('lou')
          .setIssuer(ISSUER)
          .setAudience('savoirs')
          .setExpirationTime('5m')
          .encode(),
    ],
    ['that is none', async () => 'nonsense'],
    [
      'of the development identities',
      async () => {
        const { developmentIdentities } = await import('#apps/installation/development-identities');
        return (await developmentIdentities(world.installation.settings)).token('lou', { [world.networkId]: ['network-lead'] });
      },
    ],
  ])('turns a token away %s', async (_, token) => {
    expect(await statusOf(await token())).toBe(401);
  });

  it('answers 503, not 401, while the provider does not say its keys', async () => {
    const other = await withKeys();
    answers = false;
    expect(await statusOf(await signed(first!), other)).toBe(503);
    answers = true;
    expect(await statusOf(await signed(first!), other)).toBe(200);
  });
});
