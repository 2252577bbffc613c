import { resolve } from 'node:path';

/** Where the database comes from: your server, or a data folder with an embedded one. */
export type PostgresSettings =
  | { readonly kind: 'server'; readonly url: string }
  | {
      readonly kind: 'embedded';
      /** Absolute path; everything of the server lies in its subfolder `postgres/`. */
      readonly folder: string;
      /** Further PostgreSQL settings, e.g. `{ fsync: 'off' }` in tests; lower-case words and numbers only. */
      readonly serverOptions?: Readonly<Record<string, string>>;
    };

/**
 * Reads `DATABASE_URL` (it wins) and `SAVOIRS_DATA` (default: `.savoirs` in the current folder).
 * @example openPostgres(readPostgresSettings(process.env))
 */
export const readPostgresSettings = (env: Readonly<Record<string, string | undefined>>, cwd: string = process.cwd()): PostgresSettings => {
  const url = env['DATABASE_URL']?.trim();
  if (url !== undefined && url !== '') return { kind: 'server', url };
  return { kind: 'embedded', folder: resolve(cwd, env['SAVOIRS_DATA']?.trim() || '.savoirs') };
};
