import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js';
import { UUID } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { DoubleRecord } from './double-log';
import type { DoubleNode } from './double-node';
import { accessDenied, identifier, inventedPosition, notLeader, refusal, streamDeleted } from './refusals';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Writes in order and waits for a slow client: false once the call is over. */
export const write = async (call: ReadCall, response: ReadResp): Promise<boolean> => {
  if (over(call)) return false;
  if (call.write(response) || call.writableLength < 256) return true;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      for (const name of ['drain', 'cancelled', 'close'] as const) call.off(name, go);
      resolve();
    };
    for (const name of ['drain', 'cancelled', 'close'] as const) call.on(name, go);
  });
  return !over(call);
};

export const over = (call: ReadCall): boolean => call.cancelled || call.destroyed || call.writableEnded;

const PAGE = 32;

export const read =
  (node: DoubleNode): handleServerStreamingCall<ReadReq, ReadResp> =>
  (call) => {
    call.on('error', () => undefined);
    void answer(node, call).catch((error: unknown) => call.emit('error', refusal(13, String(error))));
  };

const answer = async (node: DoubleNode, call: ReadCall): Promise<void> => {
  const options = call.request.getOptions();
  if (options === undefined) return void call.emit('error', refusal(3, 'no options'));
  const leader = node.leader();
  if (call.metadata.get('requires-leader')[0] === 'true' && leader !== node) {
    if (leader === undefined) return void call.emit('error', refusal(14, 'Server Is Not Ready'));
    return void call.emit('error', notLeader(leader.host, leader.port));
  }
  if (node.faults.deniesAll && options.hasAll()) return void call.emit('error', accessDenied());
  if (!options.hasSubscription()) node.calls.readServed += 1;
  if (options.hasSubscription()) return node.subscriptions.serve(call, options);
  const records = options.hasStream() ? streamRecords(node, call, options) : allRecords(node, call, options);
  if (records === undefined) return;
  for (let n = 0; n < records.length; n += PAGE) {
    await node.faults.beforePage();
    for (const record of records.slice(n, n + PAGE)) if (!(await write(call, eventOf(record)))) return;
  }
  call.end();
};

const streamRecords = (node: DoubleNode, call: ReadCall, options: ReadReq.Options): readonly DoubleRecord[] | undefined => {
  const stream = options.getStream();
  const name = Buffer.from(stream?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');
  const visible = node.log.visible(name);
  if (visible === 'deleted') return void call.emit('error', streamDeleted(name));
  if (visible.length === 0) {
    const missing = new ReadResp.StreamNotFound();
    missing.setStreamIdentifier(identifier(name));
    call.write(new ReadResp().setStreamNotFound(missing));
    return void call.end();
  }
  const backwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const from = stream?.hasRevision() === true ? BigInt(stream.getRevision()) : undefined;
  const seen = node.seen;
  const chosen = visible.filter(
    ({ revision, position }) => position <= seen && (from === undefined || (backwards ? revision <= from : revision >= from)),
  );
  return counted(backwards ? chosen.reverse() : chosen, options);
};

/** Forward from a place (it included), backwards from before it; this kind of read knows no filter. */
const allRecords = (node: DoubleNode, call: ReadCall, options: ReadReq.Options): readonly DoubleRecord[] | undefined => {
  const all = options.getAll();
  const backwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const seen = node.seen;
  const records =
    node.log.records.at(-1)?.position === seen ? node.log.records : node.log.records.filter(({ position }) => position <= seen);
  if (all?.hasPosition() !== true) return backwards ? records.slice(-Number(options.getCount())).reverse() : counted(records, options);
  const after = node.log.after(BigInt(all.getPosition()?.getCommitPosition() ?? '0'));
  if (after === undefined) return void call.emit('error', inventedPosition());
  return counted(backwards ? records.slice(0, Math.min(after, records.length + 1) - 1).reverse() : records.slice(after - 1), options);
};

const counted = (records: readonly DoubleRecord[], options: ReadReq.Options): readonly DoubleRecord[] =>
  records.slice(0, Math.min(Number(options.getCount()), records.length));

/** Made once: many follow one log, and what is measured beside the double should wait for it as little as may be. */
const made = new WeakMap<DoubleRecord, ReadResp>();
const written = new WeakMap<ReadResp, Buffer>();

export const eventOf = (record: DoubleRecord): ReadResp => {
  const event = made.get(record) ?? newEventOf(record);
  made.set(record, event);
  return event;
};

/** In place of the protocol's own, which writes each answer anew. */
export const bytesOf = (response: ReadResp): Buffer => {
  const bytes = written.get(response) ?? Buffer.from(response.serializeBinary());
  if (response.hasEvent()) written.set(response, bytes);
  return bytes;
};

const newEventOf = (record: DoubleRecord): ReadResp => {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new UUID().setString(record.id));
  recorded.setStreamIdentifier(identifier(record.stream));
  recorded.setStreamRevision(String(record.revision));
  recorded.setCommitPosition(String(record.position));
  recorded.setPreparePosition(String(record.position));
  recorded.getMetadataMap().set('type', record.type).set('content-type', record.contentType).set('created', CREATED);
  recorded.setData(record.data);
  recorded.setCustomMetadata(record.metadata);
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(record.position)));
};

const CREATED = '17500000000000000';
