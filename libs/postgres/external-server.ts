import { type ClientConfig } from 'pg';
import { once } from './connection';
import { codeOf, isSqlState } from './sql-state';
import { StartFailure } from './start-failure';

const oldestMajor = 15;

/** Host and database only: the address may hold a password. */
const parse = (url: string): { readonly where: string } => {
  try {
    const { protocol, hostname, port, pathname } = new URL(url);
    if (protocol !== 'postgres:' && protocol !== 'postgresql:') throw new Error('protocol');
    return { where: `${decodeURIComponent(pathname.slice(1)) || 'the default database'} at ${hostname || 'localhost'}:${port || '5432'}` };
  } catch {
    throw new StartFailure(
      'bad-database-url',
      'DATABASE_URL is not a PostgreSQL address: it looks like postgresql://user:password@host:5432/database.',
    );
  }
};

const failureOf = (fault: unknown, where: string): StartFailure => {
  const options = { cause: fault };
  if (isSqlState(fault, 'wrongPassword', 'wrongUser'))
    return new StartFailure('wrong-credentials', `DATABASE_URL: the server refuses this user or password for ${where}.`, options);
  if (isSqlState(fault, 'unknownDatabase'))
    return new StartFailure(
      'no-such-database',
      `DATABASE_URL: the server has no such database, ${where}: create it first (UTF8).`,
      options,
    );
  if (isSqlState(fault, 'notPermitted'))
    return new StartFailure('wrong-credentials', `DATABASE_URL: this user has no right to connect to ${where}.`, options);
  if (/SSL|TLS|certificate|SCRAM|SASL/i.test(fault instanceof Error ? fault.message : ''))
    return new StartFailure('wrong-credentials', `DATABASE_URL: no agreement with ${where} on encryption or the way to sign in.`, options);
  return new StartFailure(
    'server-unreachable',
    `DATABASE_URL: no answer from ${where}${/^[A-Z0-9_]{4,}$/.test(codeOf(fault)) ? ` (${codeOf(fault)})` : ''}.`,
    options,
  );
};

/**
 * Looks once whether a server of the operator's own can serve.
 * @throws StartFailure that says which part of DATABASE_URL is wrong, never the password
 */
export const checkExternalServer = async (url: string, more: ClientConfig = {}): Promise<void> => {
  const { where } = parse(url);
  const found = await once({ connectionString: url, ...more }, async (client) => {
    const { rows } = await client.query<{ encoding: string; version: string }>(
      `select pg_encoding_to_char(encoding) as encoding, current_setting('server_version_num') as version
         from pg_database where datname = current_database()`,
    );
    return rows[0];
  }).catch((fault: unknown) => {
    throw failureOf(fault, where);
  });
  if (found?.encoding !== 'UTF8')
    throw new StartFailure('not-utf8', `DATABASE_URL: ${where} is encoded in ${found?.encoding ?? 'an unknown way'}, Savoirs needs UTF8.`);
  const major = Math.floor(Number(found.version) / 10_000);
  if (major < oldestMajor)
    throw new StartFailure('server-too-old', `DATABASE_URL: ${where} is PostgreSQL ${major}, Savoirs needs ${oldestMajor} or later.`);
};
