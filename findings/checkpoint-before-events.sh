#!/usr/bin/env bash
# A checkpoint that comes before its events
#
# Shows: who follows $all with a filter is told of a checkpoint that lies beyond events which are handed out afterwards; the same with
# the word of having caught up. Who stores the position, as it is meant for, and is ended before those events are handled, never sees them.
# Packages: @eventstore/db-client 6.2.1, @kurrent/kurrentdb-client 1.3.1, @grpc/grpc-js 1.14.7
# Date: 2026-11-30, Node 20.20
# Expected: the types say that the client waits for checkpointReached, so it has its place among the events: 10, 20, 30, then checkpoint 40.
# Seen: a callback is not in the queue of what is read. It runs when the message arrives, whatever is still unread.
# The server here is thirty lines on the service definition that the older client ships; it writes everything in the order of the log.
# Output:
#   @eventstore/db-client
#   checkpoint 40
#   caught up
#   event 10
#   event 20
#   event 30
#   event 50
#   @kurrent/kurrentdb-client
#   checkpoint 40
#   caught up
#   event 10
#   event 20
#   event 30
#   event 50
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
const { UUID, StreamIdentifier } = require('@eventstore/db-client/generated/shared_pb');
const { StreamsService } = require('@eventstore/db-client/generated/streams_grpc_pb');
const { ReadResp } = require('@eventstore/db-client/generated/streams_pb');

const event = (position) => {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new UUID().setString(`00000000-0000-4000-8000-${String(position).padStart(12, '0')}`));
  recorded.setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from('offer-1')));
  recorded.setStreamRevision(String(position / 10 - 1));
  recorded.setCommitPosition(String(position));
  recorded.setPreparePosition(String(position));
  recorded.getMetadataMap().set('type', 'OfferPublished').set('content-type', 'application/json').set('created', '17500000000000000');
  recorded.setData(Buffer.from('{}'));
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(position)));
};

const checkpoint = (position) => {
  const reached = new ReadResp.Checkpoint();
  reached.setCommitPosition(String(position));
  reached.setPreparePosition(String(position));
  return new ReadResp().setCheckpoint(reached);
};

const read = (call) => {
  call.write(new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId('one')));
  for (const position of [10, 20, 30]) call.write(event(position));
  call.write(checkpoint(40));
  call.write(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()));
  call.write(event(50));
};

const server = new grpc.Server();
server.addService(StreamsService, { read });
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
JS
cat >client.js <<'JS'
const [, , name, port] = process.argv;
const { EventStoreDBClient, KurrentDBClient, eventTypeFilter } = require(name);
setTimeout(() => process.exit(3), 30_000).unref();

const follow = async () => {
  console.log(name);
  const address = `${KurrentDBClient ? 'kurrentdb' : 'esdb'}://127.0.0.1:${port}?tls=false`;
  const client = (KurrentDBClient ?? EventStoreDBClient).connectionString(address);
  const checkpointReached = async (_subscription, { commit }) => console.log(`checkpoint ${commit}`);
  const subscription = client.subscribeToAll({ filter: eventTypeFilter({ prefixes: ['Offer'], checkpointReached }) });
  subscription.on('caughtUp', () => console.log('caught up'));
  for await (const { event } of subscription) {
    // a consumer that takes its time, as one that writes to a database
    await new Promise((resolve) => setTimeout(resolve, 50));
    console.log(`event ${event.position.commit}`);
    if (event.position.commit === 50n) process.exit(0);
  }
};
follow();
JS

node server.js >port &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s port ] || sleep 0.1; done
# each in a process of its own: the generated messages of both have the same names
for client in @eventstore/db-client @kurrent/kurrentdb-client; do
  node client.js "$client" "$(cat port)" || echo "$client failed"
done | tee seen
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in checkpoint-before-events.sh'; exit 1; }
