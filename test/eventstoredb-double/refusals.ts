import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { BinaryWriter, type Message } from 'google-protobuf';
import {
  MaximumAppendSizeExceeded,
  StreamDeleted,
  StreamIdentifier,
  Timeout,
  WrongExpectedVersion,
  Empty as Nothing,
} from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import type { DoubleExpected } from './double-log';

/** A refusal as gRPC gives it: code, words, and what the server puts into its trailers. */
export const refusal = (code: status, details: string, trailers: Record<string, string> = {}): ServiceError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const notLeader = (host: string, port: number): ServiceError =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const streamDeleted = (stream: string): ServiceError =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': encodeURI(stream),
  });

export const accessDenied = (): ServiceError => refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const tooLarge = (limit: number): ServiceError =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

interface LargeEvent {
  readonly id: string;
  readonly bytes: number;
}

/** Since 24.10.4; the client knows neither this refusal nor the next. */
export const eventTooLarge = ({ id, bytes }: LargeEvent, limit: number): ServiceError =>
  refusal(status.INVALID_ARGUMENT, `Event with Id: ${id}, Size: ${bytes}, exceeds Maximum Append Event Size of ${limit}.`, {
    exception: 'maximum-append-event-size-exceeded',
    'maximum-append-event-size': String(limit),
    'event-id': id,
    'proposed-event-size': String(bytes),
  });

export const inventedPosition = (): ServiceError => refusal(status.UNKNOWN, 'Unexpected FilteredReadAllResult: Error');

/** The same refusals inside an answer of the batch path, where the call itself goes on. */
export const batchWrong = (expected: DoubleExpected, actual: bigint | undefined): Status => {
  const details = new WrongExpectedVersion();
  if (actual === undefined) details.setCurrentNoStream(new Empty());
  else details.setCurrentStreamRevision(String(actual));
  if (typeof expected === 'bigint') details.setExpectedStreamPosition(String(expected));
  else if (expected === 'no_stream') details.setExpectedNoStream(new Empty());
  else if (expected === 'stream_exists') details.setExpectedStreamExists(new Empty());
  else details.setExpectedAny(new Empty());
  return batchStatus(details, 'event_store.client.WrongExpectedVersion', '');
};

export const batchDeleted = (stream: string): Status => {
  const details = new StreamDeleted();
  details.setStreamIdentifier(identifier(stream));
  return batchStatus(details, 'event_store.client.StreamDeleted', '');
};

export const batchTooLarge = (limit: number): Status => {
  const details = new MaximumAppendSizeExceeded();
  details.setMaxappendsize(limit);
  return batchStatus(details, 'event_store.client.MaximumAppendSizeExceeded', '');
};

/** Of a message whose definition the client does not ship. */
export const batchEventTooLarge = ({ id, bytes }: LargeEvent, limit: number): Status => {
  const writer = new BinaryWriter();
  writer.writeString(1, id);
  writer.writeUint32(2, bytes);
  writer.writeUint32(3, limit);
  const details = { serializeBinary: () => writer.getResultBuffer() };
  return batchStatus(details, 'event_store.client.MaximumAppendEventSizeExceeded', 'MaximumAppendEventSizeExceeded');
};

export const batchTimeout = (): Status => batchStatus(new Timeout(), 'event_store.client.Timeout', 'Timeout');

export const batchNotReady = (): Status => batchStatus(new Nothing(), 'event_store.client.Empty', 'Server Is Not Ready');

export const identifier = (stream: string): StreamIdentifier => {
  const named = new StreamIdentifier();
  named.setStreamName(Buffer.from(stream, 'utf8').toString('base64'));
  return named;
};

const batchStatus = (details: Pick<Message, 'serializeBinary'>, type: string, message: string): Status => {
  const any = new Any();
  any.pack(details.serializeBinary(), type);
  const made = new Status();
  made.setDetails(any);
  made.setMessage(message);
  return made;
};
