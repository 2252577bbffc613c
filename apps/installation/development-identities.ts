import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK, JWTVerifyGetKey } from 'jose';
import { SettingError, type Settings } from './settings';
import type { PersonRole } from './access';

/** Signs tokens for people who do not exist, so that a newcomer can try every role. Never in production. */
export interface DevelopmentIdentities {
  readonly keys: () => Promise<JWTVerifyGetKey>;
  /** Signs, for a provider that people sign in at with a browser. */
  readonly signingKey: JWK;
  /** What a token says of somebody. Who is an operator anywhere is the installation's: a claim of its own says so (R23). */
  claims(roles: { readonly [networkId: string]: readonly PersonRole[] }): Readonly<Record<string, unknown>>;
  /** A token of twelve hours. */
  token(subject: string, roles: { readonly [networkId: string]: readonly PersonRole[] }): Promise<string>;
}

const ALGORITHM = 'ES256';

const ownKey = async (folder: string): Promise<JWK> => {
  const path = join(folder, 'development-identities.json');
  if (!existsSync(path)) {
    const { exportJWK, generateKeyPair } = await import('jose');
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600 });
    chmodSync(path, 0o600);
  }
  return JSON.parse(readFileSync(path, 'utf8')) as JWK;
};

/** @throws SettingError in production: there, tokens come from your identity provider alone */
export const developmentIdentities = async ({ production, folder, tokens }: Settings): Promise<DevelopmentIdentities> => {
  if (production) throw new SettingError('NODE_ENV', 'something else than production to use development identities');
  const { createLocalJWKSet, importJWK, SignJWT } = await import('jose');
  const { d, ...open } = await ownKey(folder);
  const signing = await importJWK({ ...open, ...(d === undefined ? {} : { d }) }, ALGORITHM);
  const claims: DevelopmentIdentities['claims'] = (roles) => ({
    [tokens.rolesClaim]: Object.fromEntries(Object.entries(roles).map(([id, all]) => [id, all.filter((role) => role !== 'operator')])),
    ...(Object.values(roles).some((all) => all.includes('operator')) ? { [tokens.operatorClaim]: true } : {}),
  });
  return {
    signingKey: { ...open, ...(d === undefined ? {} : { d }), alg: ALGORITHM, use: 'sig' },
    claims,
    keys: async () => createLocalJWKSet({ keys: [{ ...open, alg: ALGORITHM, use: 'sig' }] }) as JWTVerifyGetKey,
    token: (subject, roles) =>
      new SignJWT(claims(roles))
        .setProtectedHeader({ alg: ALGORITHM })
        .setSubject(subject)
        .setIssuer(tokens.issuer)
        .setAudience(tokens.audience)
        .setIssuedAt()
        .setExpirationTime('12h')
        .sign(signing),
  };
};
