#!/usr/bin/env bash
# A feed's place that is forgotten
#
# Shows: npm's eventsource forgets an id that comes without data. A server that says "nothing new, you are at 7 now" in that way is asked
# again from the last event that had data, however long ago that was; where it keeps changes for some days only, all is sent anew.
# Packages: eventsource 4.1.1 (the last line for Node 20)
# Date: 2026-11-30, Node 20.20
# Expected: the HTML standard sets the last event id at each blank line, before it looks whether there are data; Chromium does. The
# package presents itself as compliant with that standard.
# Seen: after ids 1 (with data), 7 and 8 (without) every new connection asks from 1.
# Output:
#   connection 1 asks from the start, is told 1 with data, 7 without
#   connection 2 asks from 1, is told 8 without
#   connection 3 asks from 1
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm i --silent --no-save eventsource@4.1.1 || { echo 'the packages could not be installed'; exit 2; }

cat >run.mjs <<'JS'
import { createServer } from 'node:http';
import { EventSource } from 'eventsource';
setTimeout(() => process.exit(3), 30_000).unref();

const told = [
  ['1 with data, 7 without', 'retry: 50\nid: 1\ndata: {}\n\nid: 7\n\n'],
  ['8 without', 'id: 8\n\n'],
];
let connection = 0;
const server = createServer((request, response) => {
  const [what, text] = told[connection] ?? [];
  connection += 1;
  const from = request.headers['last-event-id'] ?? 'the start';
  console.log(`connection ${connection} asks from ${from}${what === undefined ? '' : `, is told ${what}`}`);
  if (what === undefined) process.exit(0);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(text);
});
server.listen(0, '127.0.0.1', () => new EventSource(`http://127.0.0.1:${server.address().port}/`));
JS
{ node run.mjs || echo failed; } | tee seen
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in id-without-data.sh'; exit 1; }
