import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';

const CLIENT = { id: 'savoirs-site', secret: 'a secret of at least some length' };

/** A real provider on this machine: whoever comes is `who`, without being asked. */
export const identityProvider = async () => {
  // it has warnings for who lets real people in
  for (const level of ['info', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
  const { Provider, interactionPolicy } = await import('oidc-provider');
  const policy = interactionPolicy.base();
  policy
    .get('login')!
    .checks.add(
      new interactionPolicy.Check(
        'switched',
        'somebody else now',
        'login_required',
        ({ oidc }) => oidc.session?.accountId !== state.who && !oidc.result,
      ),
    );
  const key = await exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey);
  const state = {
    who: 'ana',
    /** What it says of people; null: it knows them no more. */
    claims: new Map<string, Record<string, unknown> | null>(),
    /** What access tokens say, which are for the API. */
    inAccessTokens: new Map<string, Record<string, unknown>>(),
    /** Whether it refuses whoever comes. */
    refuses: false,
    isAway: false,
    /** Paths that it was asked, in order. */
    asked: [] as string[],
  };
  let handle: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined;
  const server = createServer((request, response) => {
    state.asked.push(request.url!.split('?', 1)[0]!);
    if (state.isAway) return void request.socket.destroy();
    handle(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** The site's origin is known only once it listens. */
  const open = (...origins: readonly string[]): void => {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: origins.map((origin) => `${origin}/sign-in/callback`),
          post_logout_redirect_uris: origins.map((origin) => `${origin}/`),
          grant_types: ['authorization_code', 'refresh_token'],
        },
      ],
      jwks: { keys: [{ ...key, alg: 'RS256', use: 'sig' } as never] },
      cookies: { keys: ['of a test'] },
      claims: { openid: ['sub', 'savoirs', 'savoirs_operator'] },
      conformIdTokenClaims: false,
      features: {
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => 'urn:savoirs:api',
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({ scope: '', audience: 'savoirs', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
        },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (ctx, form) => {
            ctx.body = form;
          },
        },
      },
      formats: {
        customizers: {
          jwt: (_, token, { payload }) => {
            const sub = state.inAccessTokens.get((token as { accountId?: string }).accountId ?? '')?.['sub'];
            if (sub !== undefined) payload!.sub = sub as string;
          },
        },
      },
      interactions: { policy, url: () => '/who' },
      rotateRefreshToken: true,
      // without being asked for `offline_access`, as some do
      issueRefreshToken: async () => true,
      extraTokenClaims: (_, token) => state.inAccessTokens.get((token as { accountId?: string }).accountId ?? '') as never,
      findAccount: (_, subject) => {
        const claims = state.claims.get(subject);
        return claims === null ? undefined : { accountId: subject, claims: () => ({ sub: subject, ...claims }) };
      },
      loadExistingGrant: async ({ oidc }) => {
        const given = oidc.session!.grantIdFor(CLIENT.id);
        const known = given && (await oidc.provider.Grant.find(given));
        if (known) return known;
        const grant = new oidc.provider.Grant({ accountId: oidc.account!.accountId, clientId: oidc.client!.clientId });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    });
    const oidc = provider.callback();
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const result = state.refuses
        ? { error: 'access_denied', error_description: `not you, ${state.who}` }
        : { login: { accountId: state.who } };
      await provider.interactionFinished(request, response, result);
    };
    handle = (request, response) => (request.url === '/who' ? void answer(request, response) : oidc(request, response));
  };

  return Object.assign(state, {
    issuer,
    open,
    settings: { SAVOIRS_OIDC_ISSUER: issuer, SAVOIRS_OIDC_CLIENT_ID: CLIENT.id, SAVOIRS_OIDC_CLIENT_SECRET: CLIENT.secret },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
};
