import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Configuration } from 'oidc-provider';
import type { PersonRole } from '../../installation/access';
import type { DevelopmentIdentities } from '../../installation/development-identities';
import type { Settings, SignInSettings } from '../../installation/settings';
import { acceptedLanguage } from '../http/accepted';
import type { KnownIdentities, Known } from './identities';
import { signInPage, STYLE_HASH } from './sign-in-page';

export interface DevelopmentProvider {
  readonly settings: SignInSettings;
  /** From then on it lets people in. */
  open(scene: Scene): Promise<void>;
  close(): Promise<void>;
}

export interface Scene {
  readonly settings: Settings;
  /** That browsers use. */
  readonly origin: string;
  readonly identities: DevelopmentIdentities;
  readonly cast: KnownIdentities;
  readonly candidates: readonly Known[];
  /** Networks beside the cast's, at this moment. */
  readonly others: () => Promise<readonly string[]>;
}

const CLIENT = 'savoirs';
const PORTS_TRIED = 20;
const MOST_BYTES = 4096;
const SUBJECT = /^[\w.@-]{1,100}$/;

const OVER =
  'This sign-in is over: go back to the site, and begin again.\nCette connexion est terminée : retournez sur le site et recommencez.\n';

/** @throws what listening fails with, but for a port that is taken: then the next one is tried */
const listening = async (server: Server, port: number, tries = PORTS_TRIED): Promise<void> => {
  try {
    await once(server.listen(port > 65_535 ? 0 : port, '127.0.0.1'), 'listening');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tries === 0) throw fault;
    await listening(server, port + 1, tries - 1);
  }
};

/** What they are in each network: as they play, as the demo has them, or a member whom nobody knows yet. */
const rolesOf = ({ cast, candidates }: Scene, subject: string): readonly PersonRole[] =>
  cast.players.find((player) => player.subject === subject)?.claims ??
  candidates.find((one) => one.subject === subject)?.roles ?? ['member'];

const claimsOf = async (scene: Scene, subject: string) => {
  const networks = [scene.cast.networkId, ...(await scene.others())];
  return { sub: subject, ...scene.identities.claims(Object.fromEntries(networks.map((id) => [id, rolesOf(scene, subject)]))) };
};

const configuration = (scene: Scene): Configuration => {
  const { rolesClaim, operatorClaim } = scene.settings.tokens;
  return {
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${scene.origin}/sign-in/callback`],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [scene.identities.signingKey as never] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub', rolesClaim, operatorClaim] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false }, userinfo: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    ttl: { Session: 600, Interaction: 3600, Grant: 3600, AccessToken: 600, IdToken: 600 },
    findAccount: (_, subject) => ({ accountId: subject, claims: () => claimsOf(scene, subject) }),
    renderError: (ctx) => {
      ctx.type = 'text/plain';
      ctx.body = OVER;
    },
    // nobody is asked whether Savoirs may know who they are
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ accountId: oidc.account!.accountId, clientId: oidc.client!.clientId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  };
};

const formOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = '';
  for await (const chunk of request) if ((text += String(chunk)).length > MOST_BYTES) break;
  return new URLSearchParams(text);
};

const newcomer = (): string => `development-new-${randomBytes(4).toString('hex')}`;

/** Nobody stays signed in here: whoever comes says who they are. */
const forget = (request: IncomingMessage): void => {
  const { cookie = '' } = request.headers;
  request.headers.cookie = cookie
    .split('; ')
    .filter((one) => !/^_session\b/.test(one))
    .join('; ');
};

/** Neither a script nor a frame; forms go here, and are sent on to the site. */
const policyFor = (origin: string): string =>
  `default-src 'none'; style-src '${STYLE_HASH}'; form-action 'self' ${origin}; frame-ancestors 'none'; base-uri 'none'`;

/* eslint-disable no-console -- it writes there itself */
/** Its warnings are for who lets real people in: it keeps everything in memory, and has a wish for a version of Node. */
const quietly = async <T>(work: () => Promise<T>): Promise<T> => {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await work();
  } finally {
    console.warn = warn;
  }
};
/* eslint-enable no-console */

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

const handlerFor = async (scene: Scene, issuer: string): Promise<Handler> => {
  const provider = await quietly(async () => {
    const { Provider } = await import('oidc-provider');
    return new Provider(issuer, configuration(scene));
  });
  const oidc = provider.callback();

  const page = (request: IncomingMessage, response: ServerResponse, isUnknown: boolean): void => {
    response
      .writeHead(isUnknown ? 400 : 200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policyFor(scene.origin),
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        vary: 'accept-language',
      })
      .end(signInPage(scene.cast.players, { language: acceptedLanguage(request.headers['accept-language']) ?? 'en', isUnknown }));
  };

  const choose: Handler = async (request, response) => {
    await provider.interactionDetails(request, response);
    if (request.method !== 'POST') return page(request, response, false);
    const form = await formOf(request);
    const subject = form.has('new') ? newcomer() : (form.get('subject') ?? '').trim();
    if (!SUBJECT.test(subject)) return page(request, response, true);
    return provider.interactionFinished(request, response, { login: { accountId: subject } });
  };
  return (request, response) => {
    forget(request);
    return request.url?.startsWith('/interaction/') ? choose(request, response) : oidc(request, response);
  };
};

/**
 * Where `npm start` lets one sign in as somebody of the demo, by one click: an identity provider as a company has one, but that it
 * believes everybody. It answers on this machine alone, and no other program loads it.
 */
export const listenDevelopmentProvider = async (port: number): Promise<DevelopmentProvider> => {
  let handle: Handler | undefined;
  const server = createServer((request, response) => {
    if (!handle) return void response.writeHead(503).end();
    // an attempt that is over, as after a step back in the browser
    handle(request, response).catch(
      () => response.headersSent || response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end(OVER),
    );
  });
  await listening(server, port);
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    settings: { issuer, clientId: CLIENT, clientSecret: null, scope: 'openid' },
    open: async (scene) => {
      handle = await handlerFor(scene, issuer);
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
