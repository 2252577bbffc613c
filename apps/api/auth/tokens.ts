import type { JWTPayload, JWTVerifyGetKey } from 'jose';

/** Asymmetric only: a shared secret could sign, and `none` never verifies. */
export const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

export interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
  /** Name of the claim `{ "<network id>": ["member", …] }`. */
  readonly rolesClaim: string;
}

export interface Verified {
  readonly subject: string;
  readonly rolesIn: (networkId: string) => readonly string[];
}

export interface TokenVerifier {
  /** @throws where the token is not valid, in one way or another: callers answer 401 without saying which */
  verify(token: string): Promise<Verified>;
}

const rolesOf = (payload: JWTPayload, claim: string, networkId: string): readonly string[] => {
  const byNetwork = payload[claim];
  if (byNetwork === null || typeof byNetwork !== 'object') return [];
  const roles = (byNetwork as Record<string, unknown>)[networkId];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
};

/** Verifies signature, issuer, audience, expiry and algorithm. `jose` is ESM only, so it is loaded when first needed. */
export const createTokenVerifier = (settings: TokenSettings, keys: () => Promise<JWTVerifyGetKey>): TokenVerifier => {
  let loaded: Promise<JWTVerifyGetKey> | undefined;
  return {
    verify: async (token) => {
      const { jwtVerify } = await import('jose');
      const key = await (loaded ??= keys());
      const { payload } = await jwtVerify(token, key, {
        issuer: settings.issuer,
        audience: settings.audience,
        algorithms: [...ALGORITHMS],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: 30,
      });
      return { subject: payload.sub ?? '', rolesIn: (networkId) => rolesOf(payload, settings.rolesClaim, networkId) };
    },
  };
};
