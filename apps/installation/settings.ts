import { resolve } from 'node:path';
import { NoteKeyError, readVerifierKey, type VerifierKey } from '#audit/notes/note-key';
import { checkLogAddress } from '#event-store/eventstoredb/client/address';
import { readPostgresSettings, type PostgresSettings } from '#postgres/settings';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What an operator can set; `docs/settings.md` says each with its default. */
export interface Settings {
  readonly postgres: PostgresSettings;
  /** Address of EventStoreDB or KurrentDB, with its credentials; null: the log lies in PostgreSQL, too. */
  readonly eventStore: string | null;
  /** Whether answers of such a log may come in gzip. */
  readonly logGzip: boolean;
  /** Where Savoirs keeps what is no database: the development key, the development identities' key. */
  readonly folder: string;
  /** The file of the erasure ledger that is kept apart from the database; null: there is none. */
  readonly erasureLedger: string | null;
  readonly production: boolean;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly bodyLimitBytes: number;
    readonly requestsPerMinute: number;
    /** Whether API processes on one database count requests together. */
    readonly sharedRateLimits: boolean;
    readonly drainSeconds: number;
  };
  /** Live feeds: how many at once, and how long changes are kept for who comes back. */
  readonly feeds: {
    readonly most: number;
    readonly perIdentity: number;
    readonly heartbeatSeconds: number;
    readonly drainSeconds: number;
    readonly kept: { readonly changes: number; readonly hours: number };
  };
  readonly tokens: {
    readonly issuer: string;
    readonly audience: string;
    readonly rolesClaim: string;
    readonly operatorClaim: string;
    readonly jwks: string | null;
  };
  /** Sign-in at the web site, by OpenID Connect; null: there is none. */
  readonly signIn: SignInSettings | null;
  /** The origin that browsers use; null: that on which the API listens. */
  readonly publicUrl: string | null;
  /** Where a projector answers probes and scrapes; null: nowhere. */
  readonly probesPort: number | null;
  /** Whether the API's process also runs projections and processes. */
  readonly projector: boolean;
  /** How long a build of a read model is kept, and follows, after another one took its place. */
  readonly keepBuildsHours: number;
  readonly projections: {
    /** Rows of read models kept in memory between batches, a group of them on one pass of the log. */
    readonly memoryMiB: number;
  };
  /** How many past versions of read models are kept for who asks again, and how long without use. */
  readonly asOf: { readonly versions: number; readonly idleMs: number };
  /** The log's tree, and what is signed of it. */
  readonly audit: AuditSettings;
  readonly env: Environment;
}

export interface AuditSettings {
  /** By which checkpoints are signed, 32 bytes; null: one that follows from the master key. */
  readonly key: Uint8Array | null;
  /** Names the log for whoever reads its checkpoints; null: a name that follows from the key. */
  readonly origin: string | null;
  /** Where checkpoints are kept apart from the database; null: nowhere. */
  readonly folder: string | null;
  /** Verifier keys of witnesses whose signatures are taken. */
  readonly witnesses: readonly VerifierKey[];
  readonly cadence: { readonly events: number; readonly ms: number };
}

export interface SignInSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  readonly scope: string;
}

/** A setting that cannot be: one sentence that names the variable and what would be right. Exit code 78. */
export class SettingError extends Error {
  readonly exitCode = 78;

  constructor(variable: string, right: string) {
    super(`${variable} must be ${right}.`);
    this.name = 'SettingError';
  }
}

const whole = (env: Environment, name: string, { otherwise, least, most }: { otherwise: number; least: number; most: number }): number => {
  const text = env[name]?.trim();
  if (!text) return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new SettingError(name, `a whole number from ${least} to ${most}`);
  return value;
};

const yesNo = (env: Environment, name: string, otherwise: boolean): boolean => {
  const text = env[name]?.trim();
  if (!text) return otherwise;
  if (text !== '1' && text !== '0') throw new SettingError(name, '1 or 0');
  return text === '1';
};

const jwksOf = (env: Environment, production: boolean): string | null => {
  const text = env['SAVOIRS_JWKS_URL']?.trim();
  if (!text) {
    if (production) throw new SettingError('SAVOIRS_JWKS_URL', 'set in production: where the identity provider publishes its keys');
    return null;
  }
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new SettingError('SAVOIRS_JWKS_URL', 'an http or https URL');
  return text;
};

export const LOOPBACK = /^(127\.0\.0\.1|\[::1\]|localhost)$/;

/** https; what stays on this machine may do without, unless it is production. */
const isSafe = (text: string, production: boolean): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (!production && protocol === 'http:' && LOOPBACK.test(hostname));
};

const signInOf = (env: Environment, production: boolean): SignInSettings | null => {
  const issuer = env['SAVOIRS_OIDC_ISSUER']?.trim();
  if (!issuer) return null;
  if (!isSafe(issuer, production)) throw new SettingError('SAVOIRS_OIDC_ISSUER', 'an https URL: the issuer of your identity provider');
  const clientId = env['SAVOIRS_OIDC_CLIENT_ID']?.trim();
  if (!clientId) throw new SettingError('SAVOIRS_OIDC_CLIENT_ID', 'set where SAVOIRS_OIDC_ISSUER is');
  const scope = env['SAVOIRS_OIDC_SCOPE']?.trim() || 'openid';
  if (!scope.split(/\s+/).includes('openid')) throw new SettingError('SAVOIRS_OIDC_SCOPE', 'words with spaces between, openid among them');
  return { issuer, clientId, clientSecret: env['SAVOIRS_OIDC_CLIENT_SECRET']?.trim() || null, scope };
};

const publicUrlOf = (env: Environment, production: boolean, isNeeded: boolean): string | null => {
  const text = env['SAVOIRS_PUBLIC_URL']?.trim();
  if (!text) {
    if (production && isNeeded) throw new SettingError('SAVOIRS_PUBLIC_URL', 'set where SAVOIRS_OIDC_ISSUER is: what browsers open');
    return null;
  }
  if (!isSafe(text, production) || new URL(text).href !== `${new URL(text).origin}/`)
    throw new SettingError('SAVOIRS_PUBLIC_URL', 'an https origin without a path, as https://savoirs.example.org');
  return new URL(text).origin;
};

const eventStoreOf = (env: Environment): string | null => {
  const url = env['EVENTSTORE_URL']?.trim();
  if (!url) return null;
  checkLogAddress(url);
  return url;
};

const KEY_BYTES = 32;

const auditKeyOf = (env: Environment): Uint8Array | null => {
  const text = env['SAVOIRS_AUDIT_KEY']?.trim();
  if (!text) return null;
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES || key.toString('base64') !== text)
    throw new SettingError('SAVOIRS_AUDIT_KEY', `${KEY_BYTES} bytes in base64, as \`openssl rand -base64 32\` makes them`);
  return key;
};

const witnessesOf = (env: Environment): readonly VerifierKey[] =>
  (env['SAVOIRS_AUDIT_WITNESSES'] ?? '')
    .split(/\s+/)
    .filter((text) => text !== '')
    .map((text) => {
      try {
        const key = readVerifierKey(text);
        if (key.type === 'cosignature') return key;
      } catch (fault) {
        if (!(fault instanceof NoteKeyError)) throw fault;
      }
      throw new SettingError(
        'SAVOIRS_AUDIT_WITNESSES',
        'keys of witnesses, as `savoirs audit witness --key` prints them, with spaces between',
      );
    });

const auditOf = (env: Environment, cwd: string): AuditSettings => {
  const origin = env['SAVOIRS_AUDIT_ORIGIN']?.trim() || null;
  if (origin !== null && !/^[^\s+\p{C}]{1,255}$/u.test(origin))
    throw new SettingError('SAVOIRS_AUDIT_ORIGIN', 'a name without spaces and “+”, as savoirs.example.org/log');
  const folder = env['SAVOIRS_AUDIT_FOLDER']?.trim();
  return {
    key: auditKeyOf(env),
    origin,
    folder: folder ? resolve(cwd, folder) : null,
    witnesses: witnessesOf(env),
    cadence: {
      events: whole(env, 'SAVOIRS_AUDIT_EVENTS', { otherwise: 1_000, least: 1, most: 10_000_000 }),
      ms: whole(env, 'SAVOIRS_AUDIT_MINUTES', { otherwise: 15, least: 1, most: 10_080 }) * 60_000,
    },
  };
};

/** @throws SettingError */
export const logGzipOf = (env: Environment): boolean => yesNo(env, 'SAVOIRS_LOG_GZIP', false);

/** @throws SettingError, LogAddressError */
export const readSettings = (env: Environment, cwd: string = process.cwd()): Settings => {
  const production = env['NODE_ENV'] === 'production';
  const postgres = readPostgresSettings(env, cwd);
  const signIn = signInOf(env, production);
  return {
    postgres,
    eventStore: eventStoreOf(env),
    logGzip: logGzipOf(env),
    folder: postgres.kind === 'embedded' ? postgres.folder : resolve(cwd, env['SAVOIRS_DATA']?.trim() || '.savoirs'),
    erasureLedger: env['SAVOIRS_ERASURE_LEDGER']?.trim() ? resolve(cwd, env['SAVOIRS_ERASURE_LEDGER'].trim()) : null,
    production,
    http: {
      host: env['HOST']?.trim() || (production ? '0.0.0.0' : '127.0.0.1'),
      port: whole(env, 'PORT', { otherwise: 3000, least: 0, most: 65_535 }),
      bodyLimitBytes: whole(env, 'SAVOIRS_BODY_LIMIT', { otherwise: 256 * 1024, least: 1024, most: 1024 * 1024 }),
      /** Between SIGTERM and the last request taken, readiness says no. */
      drainSeconds: whole(env, 'SAVOIRS_DRAIN_SECONDS', { otherwise: production ? 5 : 0, least: 0, most: 300 }),
      requestsPerMinute: whole(env, 'SAVOIRS_REQUESTS_PER_MINUTE', { otherwise: 600, least: 1, most: 1_000_000 }),
      sharedRateLimits: yesNo(env, 'SAVOIRS_SHARED_RATE_LIMITS', false),
    },
    feeds: {
      most: whole(env, 'SAVOIRS_FEEDS', { otherwise: 1000, least: 0, most: 100_000 }),
      perIdentity: whole(env, 'SAVOIRS_FEEDS_PER_IDENTITY', { otherwise: 10, least: 1, most: 100_000 }),
      heartbeatSeconds: whole(env, 'SAVOIRS_FEED_HEARTBEAT_SECONDS', { otherwise: 15, least: 1, most: 300 }),
      drainSeconds: whole(env, 'SAVOIRS_FEED_DRAIN_SECONDS', { otherwise: 10, least: 1, most: 300 }),
      kept: {
        changes: whole(env, 'SAVOIRS_FEED_KEEP_CHANGES', { otherwise: 100_000, least: 1, most: 10_000_000 }),
        hours: whole(env, 'SAVOIRS_FEED_KEEP_HOURS', { otherwise: 24, least: 1, most: 8_760 }),
      },
    },
    tokens: {
      issuer: env['SAVOIRS_ISSUER']?.trim() || 'urn:savoirs:development',
      audience: env['SAVOIRS_AUDIENCE']?.trim() || 'savoirs',
      rolesClaim: env['SAVOIRS_ROLES_CLAIM']?.trim() || 'savoirs',
      operatorClaim: env['SAVOIRS_OPERATOR_CLAIM']?.trim() || 'savoirs_operator',
      jwks: jwksOf(env, production),
    },
    signIn,
    publicUrl: publicUrlOf(env, production, signIn !== null),
    probesPort: env['SAVOIRS_PROJECTOR_PORT']?.trim()
      ? whole(env, 'SAVOIRS_PROJECTOR_PORT', { otherwise: 0, least: 0, most: 65_535 })
      : null,
    keepBuildsHours: whole(env, 'SAVOIRS_KEEP_BUILDS_HOURS', { otherwise: 24, least: 1, most: 8760 }),
    projections: {
      memoryMiB: whole(env, 'SAVOIRS_PROJECTION_MEMORY', { otherwise: 256, least: 16, most: 65_536 }),
    },
    projector: yesNo(env, 'SAVOIRS_PROJECTOR', true),
    asOf: {
      versions: whole(env, 'SAVOIRS_AS_OF_VERSIONS', { otherwise: 8, least: 1, most: 1000 }),
      idleMs: whole(env, 'SAVOIRS_AS_OF_HOURS', { otherwise: 24, least: 1, most: 8760 }) * 3_600_000,
    },
    audit: auditOf(env, cwd),
    env,
  };
};
