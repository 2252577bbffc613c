import { readSettings } from './settings';

const PRODUCTION = {
  NODE_ENV: 'production',
  SAVOIRS_JWKS_URL: 'https://login.example.org/keys',
  DATABASE_URL: 'postgresql://localhost/savoirs',
};
const AT = { SAVOIRS_OIDC_ISSUER: 'https://login.example.org/realms/one', SAVOIRS_OIDC_CLIENT_ID: 'savoirs' };
const PUBLIC = { SAVOIRS_PUBLIC_URL: 'https://savoirs.example.org' };

describe('settings of sign-in with a browser', () => {
  it('are none by default', () => {
    expect(readSettings({})).toMatchObject({ signIn: null, publicUrl: null });
    expect(readSettings(PRODUCTION).signIn).toBeNull();
  });

  it('ask for the least: an issuer, a client, and in production the origin that browsers use', () => {
    const signIn = { issuer: AT.SAVOIRS_OIDC_ISSUER, clientId: 'savoirs', clientSecret: null, scope: 'openid' };
    expect(readSettings(AT)).toMatchObject({ signIn, publicUrl: null });
    expect(readSettings({ ...PRODUCTION, ...AT, ...PUBLIC })).toMatchObject({ signIn, publicUrl: 'https://savoirs.example.org' });
    const more = { SAVOIRS_OIDC_CLIENT_SECRET: ' secret ', SAVOIRS_OIDC_SCOPE: 'openid offline_access' };
    expect(readSettings({ ...AT, ...more }).signIn).toMatchObject({ clientSecret: 'secret', scope: 'openid offline_access' });
  });

  it('let what stays on this machine do without https, but not in production', () => {
    for (const origin of ['http://127.0.0.1:3000', 'http://localhost:3000/', 'http://[::1]:3000']) {
      expect(readSettings({ SAVOIRS_PUBLIC_URL: origin }).publicUrl).toBe(new URL(origin).origin);
      expect(() => readSettings({ ...PRODUCTION, SAVOIRS_PUBLIC_URL: origin })).toThrow('SAVOIRS_PUBLIC_URL must be');
      expect(readSettings({ ...AT, SAVOIRS_OIDC_ISSUER: origin }).signIn?.issuer).toBe(origin);
      expect(() => readSettings({ ...PRODUCTION, ...PUBLIC, ...AT, SAVOIRS_OIDC_ISSUER: origin })).toThrow('SAVOIRS_OIDC_ISSUER must be');
    }
  });

  it.each<[string, Record<string, string>]>([
    ['SAVOIRS_OIDC_ISSUER', { SAVOIRS_OIDC_ISSUER: 'http://login.example.org' }],
    ['SAVOIRS_OIDC_ISSUER', { SAVOIRS_OIDC_ISSUER: 'login.example.org' }],
    ['SAVOIRS_OIDC_CLIENT_ID', { SAVOIRS_OIDC_CLIENT_ID: ' ' }],
    ['SAVOIRS_OIDC_SCOPE', { SAVOIRS_OIDC_SCOPE: 'profile' }],
    ['SAVOIRS_PUBLIC_URL', { SAVOIRS_PUBLIC_URL: '' }],
    ['SAVOIRS_PUBLIC_URL', { SAVOIRS_PUBLIC_URL: 'https://savoirs.example.org/app' }],
    ['SAVOIRS_PUBLIC_URL', { SAVOIRS_PUBLIC_URL: 'https://savoirs.example.org?a=b' }],
    ['SAVOIRS_PUBLIC_URL', { SAVOIRS_PUBLIC_URL: 'https://me@savoirs.example.org' }],
    ['SAVOIRS_PUBLIC_URL', { SAVOIRS_PUBLIC_URL: 'http://savoirs.example.org' }],
  ])('name %s where it cannot be so: %j', (variable, env) => {
    expect(() => readSettings({ ...PRODUCTION, ...AT, ...PUBLIC, ...env })).toThrow(`${variable} must be`);
  });
});

describe('the setting of the erasure ledger', () => {
  it('is a path, from where one is; there is none by default', () => {
    expect(readSettings({}).erasureLedger).toBeNull();
    expect(readSettings({ SAVOIRS_ERASURE_LEDGER: ' kept/erasures ' }, '/home/savoirs').erasureLedger).toBe('/home/savoirs/kept/erasures');
  });
});
