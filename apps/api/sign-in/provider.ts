import type { Configuration, IDToken, TokenEndpointResponse } from 'openid-client';
import type { Settings, SignInSettings } from '../../installation/settings';
import { claimsOf, isSubject, KeysUnavailable, type Claims, type TokenVerifier } from '../auth/tokens';

/** Why nobody is signed in; the site has a sentence for each. */
export type Reason = 'not-set-up' | 'provider-away' | 'too-old' | 'refused' | 'failed';

/** `code`: which fault it was, in the words of the protocol; neither names anybody. */
export class SignInFailed extends Error {
  constructor(
    readonly reason: Reason,
    readonly code?: string,
  ) {
    super(reason);
  }
}

/** Whom the provider let in, and what they may be. */
export interface LetIn {
  readonly subject: string;
  readonly claims: Claims;
  readonly refreshToken: string | null;
}

const TIMEOUT_S = 5;
const CODE = /^[\w-]{1,60}$/;

const text = (value: unknown): string | undefined => (typeof value === 'string' && CODE.test(value) ? value : undefined);

interface Fault {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly error?: unknown;
  readonly status?: number;
  readonly cause?: unknown;
}

/** No answer, none in time, or that of a broken server; what carries it is wrapped once or twice. */
const isAway = (fault: unknown, depth = 4): boolean => {
  if (typeof fault !== 'object' || fault === null || depth === 0) return false;
  const { name, message, status = 0, cause } = fault as Fault;
  return message === 'fetch failed' || name === 'TimeoutError' || status >= 500 || isAway(cause, depth - 1);
};

/** Messages may repeat what a person or a provider wrote: only codes are told. */
const failureOf = (fault: unknown): SignInFailed => {
  if (fault instanceof SignInFailed) return fault;
  if (fault instanceof KeysUnavailable) return new SignInFailed('provider-away', 'keys');
  const { name, code, error, cause } = fault as Fault;
  if (name === 'AuthorizationResponseError') return new SignInFailed('refused', text(error));
  return new SignInFailed(
    isAway(fault) ? 'provider-away' : 'failed',
    text(error) ?? text(code) ?? text((cause as Fault | undefined)?.code) ?? text(name),
  );
};

/** Any provider of OpenID Connect; `openid-client` is ESM only, so it is loaded when first needed. */
export class Provider {
  private known: Promise<Configuration> | undefined;

  constructor(
    private readonly settings: SignInSettings,
    private readonly names: Settings['tokens'],
    private readonly verifier: TokenVerifier,
    private readonly origin: () => string,
  ) {}

  async address({
    state,
    verifier,
    nonce,
  }: {
    readonly state: string;
    readonly verifier: string;
    readonly nonce: string;
  }): Promise<string> {
    return this.asking(async (client, config) => {
      const address = client.buildAuthorizationUrl(config, {
        redirect_uri: this.callback(),
        scope: this.settings.scope,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return address.href;
    });
  }

  /** @throws SignInFailed */
  letIn(
    query: string,
    { state, verifier, nonce }: { readonly state: string; readonly verifier: string; readonly nonce: string },
  ): Promise<LetIn> {
    return this.asking(async (client, config) => {
      const tokens = await client.authorizationCodeGrant(config, new URL(`${this.callback()}?${query}`), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const { sub: subject } = tokens.claims()!;
      if (!isSubject(subject)) throw new SignInFailed('failed', 'subject');
      const claims = (await this.claimsIn(tokens, tokens.claims(), subject)) ?? { networks: {}, isOperator: false };
      return { subject, claims, refreshToken: tokens.refresh_token ?? null };
    });
  }

  /** What they are by now; null where the provider no longer lets them in. @throws SignInFailed */
  letInAgain({ subject, claims, refreshToken }: LetIn & { readonly refreshToken: string }): Promise<LetIn | null> {
    return this.asking(async (client, config) => {
      try {
        const tokens = await client.refreshTokenGrant(config, refreshToken);
        const told = tokens.claims();
        if (told && told.sub !== subject) return null;
        return {
          subject,
          claims: (await this.claimsIn(tokens, told, subject)) ?? (told ? { networks: {}, isOperator: false } : claims),
          refreshToken: tokens.refresh_token ?? refreshToken,
        };
      } catch (fault) {
        const { name, status = 0 } = fault as { name?: string; status?: number };
        if (name === 'ResponseBodyError' && status < 500 && status !== 429) return null;
        throw fault;
      }
    });
  }

  /** Where the session at the provider ends; null where the provider does not say. The client is named, never the person. */
  async signOutAt(): Promise<string | null> {
    return this.asking(async (_, config) => {
      const { end_session_endpoint: endpoint } = config.serverMetadata();
      if (endpoint === undefined) return null;
      const address = new URL(endpoint);
      address.searchParams.set('client_id', this.settings.clientId);
      address.searchParams.set('post_logout_redirect_uri', `${this.origin()}/`);
      return address.href;
    });
  }

  /** Of the ID token where it has either claim; else of the access token, if that is one that this API takes, of the same person. */
  private async claimsIn(tokens: TokenEndpointResponse, told: IDToken | undefined, subject: string): Promise<Claims | null> {
    const { rolesClaim, operatorClaim } = this.names;
    if (told && (rolesClaim in told || operatorClaim in told)) return claimsOf(told, this.names);
    const verified = await this.verifier.verify(tokens.access_token);
    if (verified?.subject !== subject) return null;
    return {
      networks: Object.fromEntries(verified.networks.map((id) => [id, verified.rolesIn(id)])),
      isOperator: verified.isOperator,
    };
  }

  private callback(): string {
    return `${this.origin()}/sign-in/callback`;
  }

  private async asking<T>(ask: (client: typeof import('openid-client'), config: Configuration) => Promise<T>): Promise<T> {
    try {
      const client = await import('openid-client');
      return await ask(client, await (this.known ??= this.discovered(client)));
    } catch (fault) {
      throw failureOf(fault);
    }
  }

  private async discovered(client: typeof import('openid-client')): Promise<Configuration> {
    const { issuer, clientId, clientSecret: secret } = this.settings;
    try {
      return await client.discovery(
        new URL(issuer),
        clientId,
        undefined,
        secret === null ? client.None() : authenticating(client, secret),
        {
          // the settings let only loopback do without https
          execute: [client.enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : [])],
          timeout: TIMEOUT_S,
        },
      );
    } catch (fault) {
      this.known = undefined;
      throw fault;
    }
  }
}

/** As the provider prefers: OpenID Connect says by header where it does not tell. */
const authenticating = (client: typeof import('openid-client'), secret: string): import('openid-client').ClientAuth => {
  return (server, ...more) => {
    const takesBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ?? false;
    return (takesBody ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret))(server, ...more);
  };
};
