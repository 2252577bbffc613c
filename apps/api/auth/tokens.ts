import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { VerifiedTokens } from './verified-tokens';

/** Asymmetric only: a shared secret could sign, and `none` never verifies. */
export const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

const TOLERANCE_S = 30;

export interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
  /** Name of the claim `{ "<network id>": ["member", …] }`, or `["<network id>:member", …]`. */
  readonly rolesClaim: string;
  /** Name of the claim that is `true` for the installation's operators (R23). */
  readonly operatorClaim: string;
}

export interface Verified {
  readonly subject: string;
  /** Milliseconds since 1970, the forgiven difference of clocks included. */
  readonly expiresAt: number;
  /** Ids that the claim names, in its order. */
  readonly networks: readonly string[];
  readonly rolesIn: (networkId: string) => readonly string[];
  /** Of the whole installation: no role within a network makes one (R23). */
  readonly isOperator: boolean;
}

export interface TokenVerifier {
  /** Null where the token is not valid, in one way or another: callers answer 401 without saying which. @throws KeysUnavailable */
  verify(token: string): Promise<Verified | null>;
}

/** The identity provider does not say its keys: nobody can tell whether the token is valid. */
export class KeysUnavailable extends Error {}

/** What a token says of somebody, as it can be written down. */
export interface Claims {
  readonly networks: Readonly<Record<string, readonly string[]>>;
  readonly isOperator: boolean;
}

type ClaimNames = Pick<TokenSettings, 'rolesClaim' | 'operatorClaim'>;

const rolesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((role): role is string => typeof role === 'string') : [];

/** As providers say it that know lists of texts alone: `<network id>:<role>`; operators are the installation's (R23). */
const OPERATOR = 'installation:operator';

const byNetworkIn = (texts: readonly string[]): Claims['networks'] => {
  const networks: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const text of texts) {
    const [id = '', role = ''] = text.split(':', 2);
    if (text !== OPERATOR) networks[id] = [...(networks[id] ?? []), role];
  }
  return networks;
};

export const claimsOf = (payload: JWTPayload, { rolesClaim, operatorClaim }: ClaimNames): Claims => {
  const claimed = payload[rolesClaim];
  const isOperator = payload[operatorClaim] === true;
  if (Array.isArray(claimed)) {
    const texts = rolesOf(claimed);
    return { networks: byNetworkIn(texts), isOperator: isOperator || texts.includes(OPERATOR) };
  }
  const entries = claimed === null || typeof claimed !== 'object' ? [] : Object.entries(claimed);
  return { networks: Object.fromEntries(entries.map(([id, value]) => [id, rolesOf(value)])), isOperator };
};

/** Whoever has these claims, until then. */
export const holding = (subject: string, { networks, isOperator }: Claims, expiresAt: number): Verified => ({
  subject,
  expiresAt,
  networks: Object.keys(networks),
  rolesIn: (networkId) => (Object.hasOwn(networks, networkId) ? networks[networkId]! : []),
  isOperator,
});

/** Longer than any provider's. */
const LONGEST_SUBJECT = 255;

/** A text (RFC 7519), at most 255 characters (OpenID Connect): jose checks that the claim is there, not what it is. */
export const isSubject = (sub: unknown): sub is string => typeof sub === 'string' && sub !== '' && sub.length <= LONGEST_SUBJECT;

/** jose names by code what is wrong with a token; what else goes wrong is the way to the keys. */
const ABOUT_TOKEN = /^ERR_(JW[TS]_\w+|JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED)|JWKS_(NO|MULTIPLE)_MATCHING_KEYS?)$/;
const isAboutToken = (fault: unknown): boolean => ABOUT_TOKEN.test(String((fault as { code?: unknown } | null)?.code));

/** The keys that tokens are verified by. */
export interface TokenKeys {
  readonly key: JWTVerifyGetKey;
  /** Those of this moment, another object each time they were read anew; null: they have to be read before the next use. */
  present(): object | null;
}

/** Verifies signature, issuer, audience, expiry and algorithm, once a token. `jose` is ESM only, so it is loaded when first needed. */
export const createTokenVerifier = (settings: TokenSettings, keys: () => Promise<TokenKeys>): TokenVerifier => {
  const remembered = new VerifiedTokens();
  let loaded: Promise<TokenKeys> | undefined;
  const payloadOf = async (token: string, { key }: TokenKeys): Promise<JWTPayload> => {
    const { jwtVerify } = await import('jose');
    const { payload } = await jwtVerify(token, key, {
      issuer: settings.issuer,
      audience: settings.audience,
      algorithms: [...ALGORITHMS],
      requiredClaims: ['sub', 'exp'],
      clockTolerance: TOLERANCE_S,
    });
    return payload;
  };
  return {
    verify: async (token) => {
      try {
        const holds = await (loaded ??= keys());
        const before = holds.present();
        const known = remembered.find(token, before);
        if (known) return known;
        const payload = await payloadOf(token, holds);
        if (!isSubject(payload.sub)) return null;
        const verified = holding(payload.sub, claimsOf(payload, settings), ((payload.exp ?? 0) + TOLERANCE_S) * 1000);
        // by keys that were exchanged meanwhile: nobody knows by which
        if (before !== null && before === holds.present()) remembered.keep(token, verified, before);
        return verified;
      } catch (fault) {
        if (isAboutToken(fault)) return null;
        throw new KeysUnavailable('the identity provider does not answer with its keys', { cause: fault });
      }
    },
  };
};
