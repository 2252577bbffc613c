#!/usr/bin/env bash
# A client that always says it accepts gzip
#
# Shows: grpc-js tells every server that it accepts deflate and gzip, whatever its user says. KurrentDB answers in gzip since 25.1 wherever
# that is accepted, message by message, so that whoever follows its log on grpc-js inflates each event.
# Packages: @grpc/grpc-js 1.14.7
# Date: 2026-11-30, Node 20.20
# Expected: metadata, the channel's option for compression, or an interceptor can say identity alone, as the protocol allows.
# Seen: the header is written after all of them, and is the same each time.
# The server here is a bare HTTP/2 one that tells the header it got.
# Output:
#   nothing said: identity,deflate,gzip
#   metadata says identity: identity,deflate,gzip
#   option says identity: identity,deflate,gzip
#   interceptor says identity: identity,deflate,gzip
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm i --silent --no-save @grpc/grpc-js@1.14.7 || { echo 'the packages could not be installed'; exit 2; }

cat >run.js <<'JS'
const { createServer } = require('node:http2');
const { Client, InterceptingCall, Metadata, compressionAlgorithms, credentials } = require('@grpc/grpc-js');
setTimeout(() => process.exit(3), 30_000).unref();

let heard;
const server = createServer().on('stream', (stream, headers) => {
  heard = headers['grpc-accept-encoding'];
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '0' }, { endStream: true });
});

const identity = (metadata) => {
  metadata.set('grpc-accept-encoding', 'identity');
  return metadata;
};
const interceptor = (options, next) =>
  new InterceptingCall(next(options), { start: (metadata, listener, start) => start(identity(metadata), listener) });

const ask = (how, options, metadata) =>
  new Promise((resolve, reject) => {
    const client = new Client(`127.0.0.1:${server.address().port}`, credentials.createInsecure(), options);
    const call = client.makeServerStreamRequest('/finding.Log/Read', (sent) => sent, (got) => got, Buffer.alloc(0), metadata);
    call.on('data', () => undefined).on('error', reject).on('end', () => resolve(console.log(`${how}: ${heard}`)));
  });

server.listen(0, '127.0.0.1', async () => {
  await ask('nothing said', {}, new Metadata());
  await ask('metadata says identity', {}, identity(new Metadata()));
  await ask('option says identity', { 'grpc.default_compression_algorithm': compressionAlgorithms.identity }, new Metadata());
  await ask('interceptor says identity', { interceptors: [interceptor] }, new Metadata());
  process.exit(0);
});
JS
{ node run.js || echo failed; } | tee seen
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in always-gzip.sh'; exit 1; }
