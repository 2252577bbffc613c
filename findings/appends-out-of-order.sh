#!/usr/bin/env bash
# A client's first appends arrive in another order
#
# Shows: of appends asked for in one turn, before the client has a connection, the first arrives last. To one stream without an expected
# revision, this is the order in which they stand in the log for ever.
# Packages: @eventstore/db-client 6.2.1, @kurrent/kurrentdb-client 1.3.1, @grpc/grpc-js 1.14.7
# Date: 2026-11-30, Node 20.20
# Expected: one process, one connection, one call after the other: the log has them in the order in which they were asked for, as it
# has once the connection is there. Nothing says that the first ones differ.
# Seen: A, B, C, D, E are written as B, C, D, E, A by a new client, and as A, B, C, D, E by the same client afterwards.
# The server here gives each append the next revision of the stream, in the order of arrival.
# Output:
#   @eventstore/db-client
#   asked A B C D E, written B C D E A
#   asked A B C D E, written A B C D E
#   @kurrent/kurrentdb-client
#   asked A B C D E, written B C D E A
#   asked A B C D E, written A B C D E
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm i --silent --no-save @eventstore/db-client@6.2.1 @kurrent/kurrentdb-client@1.3.1 @grpc/grpc-js@1.14.7 ||
  { echo 'the packages could not be installed'; exit 2; }

cat >server.js <<'JS'
const grpc = require('@grpc/grpc-js');
const { StreamsService } = require('@eventstore/db-client/generated/streams_grpc_pb');
const { BatchAppendResp } = require('@eventstore/db-client/generated/streams_pb');
const { ServerFeaturesService } = require('@eventstore/db-client/generated/serverfeatures_grpc_pb');
const { SupportedMethod, SupportedMethods } = require('@eventstore/db-client/generated/serverfeatures_pb');

let revision = 0;
const batchAppend = (call) => {
  call.on('end', () => call.end());
  call.on('data', (request) => {
    const success = new BatchAppendResp.Success();
    success.setCurrentRevision(String(revision));
    revision += 1;
    const answer = new BatchAppendResp();
    answer.setCorrelationId(request.getCorrelationId());
    answer.setStreamIdentifier(request.getOptions().getStreamIdentifier());
    answer.setSuccess(success);
    call.write(answer);
  });
};

const server = new grpc.Server();
server.addService(StreamsService, { batchAppend });
server.addService(ServerFeaturesService, {
  getSupportedMethods: (_call, respond) => {
    const batch = new SupportedMethod();
    batch.setServiceName('event_store.client.streams.streams');
    batch.setMethodName('batchappend');
    const methods = new SupportedMethods();
    methods.setEventStoreServerVersion('23.10.6');
    methods.addMethods(batch);
    respond(null, methods);
  },
});
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
JS
cat >client.js <<'JS'
const [, , name, port] = process.argv;
const { EventStoreDBClient, KurrentDBClient, jsonEvent } = require(name);
setTimeout(() => process.exit(3), 30_000).unref();

const append = async () => {
  console.log(name);
  const address = `${KurrentDBClient ? 'kurrentdb' : 'esdb'}://127.0.0.1:${port}?tls=false`;
  const client = (KurrentDBClient ?? EventStoreDBClient).connectionString(address);
  const asked = ['A', 'B', 'C', 'D', 'E'];
  for (let turn = 0; turn < 2; turn += 1) {
    const results = await Promise.all(asked.map((type) => client.appendToStream('member-1', jsonEvent({ type, data: {} }))));
    const at = new Map(asked.map((type, index) => [type, Number(results[index].nextExpectedRevision)]));
    console.log(`asked ${asked.join(' ')}, written ${[...asked].sort((a, b) => at.get(a) - at.get(b)).join(' ')}`);
  }
  process.exit(0);
};
append();
JS

node server.js >port &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s port ] || sleep 0.1; done
# each in a process of its own: the generated messages of both have the same names
for client in @eventstore/db-client @kurrent/kurrentdb-client; do
  node client.js "$client" "$(cat port)" || echo "$client failed"
done | tee seen
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in appends-out-of-order.sh'; exit 1; }
