#!/usr/bin/env bash
# A refused append that answers revision 1
#
# Shows: with throwOnAppendFailure=false, an append that is refused for its expected revision answers revision 1, whatever the stream's is.
# Packages: @eventstore/db-client 6.2.1, @kurrent/kurrentdb-client 1.3.1, @grpc/grpc-js 1.14.7
# Date: 2026-11-30, Node 20.20
# Expected: nextExpectedRevision is where the stream stands, for the next append to expect; the server says 41.
# Seen: 41 where the call has credentials of its own, for then the client uses the protocol's older append; else, over the batch append,
# which the server offers, 1: that there is a revision is taken for the revision.
# The server here says in both answers that the stream stands at 41.
# Output:
#   @eventstore/db-client
#   batch append: success false, nextExpectedRevision 1
#   with credentials: success false, nextExpectedRevision 41
#   @kurrent/kurrentdb-client
#   batch append: success false, nextExpectedRevision 1
#   with credentials: success false, nextExpectedRevision 41
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
const { Any } = require('google-protobuf/google/protobuf/any_pb');
const { WrongExpectedVersion } = require('@eventstore/db-client/generated/shared_pb');
const { Status } = require('@eventstore/db-client/generated/status_pb');
const { StreamsService } = require('@eventstore/db-client/generated/streams_grpc_pb');
const { AppendResp, BatchAppendResp } = require('@eventstore/db-client/generated/streams_pb');
const { ServerFeaturesService } = require('@eventstore/db-client/generated/serverfeatures_grpc_pb');
const { SupportedMethod, SupportedMethods } = require('@eventstore/db-client/generated/serverfeatures_pb');

const batchAppend = (call) => {
  call.on('end', () => call.end());
  call.on('data', (request) => {
    const wrong = new WrongExpectedVersion();
    wrong.setCurrentStreamRevision('41');
    wrong.setExpectedStreamPosition('7');
    const details = new Any();
    details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
    const status = new Status();
    status.setCode(2);
    status.setDetails(details);
    const answer = new BatchAppendResp();
    answer.setCorrelationId(request.getCorrelationId());
    answer.setStreamIdentifier(request.getOptions().getStreamIdentifier());
    answer.setError(status);
    call.write(answer);
  });
};

const append = (call, respond) => {
  call.on('data', () => undefined);
  call.on('end', () => {
    const wrong = new AppendResp.WrongExpectedVersion();
    wrong.setCurrentRevision('41');
    wrong.setExpectedRevision('7');
    respond(null, new AppendResp().setWrongExpectedVersion(wrong));
  });
};

const server = new grpc.Server();
server.addService(StreamsService, { append, batchAppend });
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
  const address = `${KurrentDBClient ? 'kurrentdb' : 'esdb'}://127.0.0.1:${port}?tls=false&throwOnAppendFailure=false`;
  const client = (KurrentDBClient ?? EventStoreDBClient).connectionString(address);
  for (const [how, options] of [
    ['batch append', {}],
    ['with credentials', { credentials: { username: 'reader', password: 'of-this-finding' } }],
  ]) {
    const event = jsonEvent({ type: 'OfferPublished', data: {} });
    const { success, nextExpectedRevision } = await client.appendToStream('offer-1', event, { expectedRevision: 7n, ...options });
    console.log(`${how}: success ${success}, nextExpectedRevision ${nextExpectedRevision}`);
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
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in refused-append-revision.sh'; exit 1; }
