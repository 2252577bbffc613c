import type { EventStoreDBClient } from '@eventstore/db-client';
import { BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import { createKeyedMutex } from '#async/keyed-mutex';
import { tellingEventLimit } from './event-too-large';
import { plainAnswers } from './plain-answers';

interface Stub {
  close(): void;
}

interface CallStream {
  cancel(): void;
  listeners(event: 'data'): ((message: unknown) => void)[];
  off(event: 'data', listener: (message: unknown) => void): unknown;
  on(event: 'data' | 'close', listener: (message: unknown) => void): unknown;
  write?: (...given: readonly unknown[]) => boolean;
}

type Open = () => Promise<CallStream>;
type Create = (stub: unknown, name: string, creator: (stub: Stub) => CallStream, cache?: unknown) => Open;

interface Inside {
  GRPCStreamCreator: Create;
  createChannel: () => Promise<object>;
  handleError: (...given: readonly unknown[]) => Promise<void>;
}

/**
 * Makes one client of 6.2.1 safe to live with, at the one place where it opens its calls (checked by tests; the version is pinned):
 * an answer to an append that another connection's end has already rejected is dropped instead of ending the process; a call
 * never reports that it is full, for the client would then lose writes to an unhandled rejection (how much is under way is bounded
 * above it); appends go out in the order in which they were called (findings/appends-out-of-order.sh);
 * and a call that breaks while the client looks for a node, and finds none, is no unhandled rejection: the next call looks again.
 * Unless `gzip` is wanted, answers are not compressed.
 * @returns what ends its appending calls and closes its channels: its own `dispose` leaves channels open, and may never settle
 */
export const patchClient = (client: EventStoreDBClient, gzip = false): (() => void) => {
  const inside = client as unknown as Inside;
  const create = inside.GRPCStreamCreator;
  const { createChannel, handleError } = inside;
  const stubs = new Set<Stub>();
  const calls = new Set<CallStream>();
  // Nobody is given the call before those who asked earlier.
  const inTurn = createKeyedMutex();
  inside.GRPCStreamCreator = (stub, name, creator, cache) => {
    const open = create(
      stub,
      name,
      (opened) => {
        stubs.add(opened);
        const call = creator(opened);
        if (name !== 'appendToStream') return call;
        calls.add(call);
        call.on('close', () => calls.delete(call));
        return tamed(call);
      },
      cache,
    );
    return name === 'appendToStream' ? () => inTurn(name, open) : open;
  };
  if (!gzip) inside.createChannel = async () => plainAnswers(await createChannel());
  inside.handleError = (...given) => handleError(...given).catch(() => undefined);
  return () => {
    for (const call of calls) call.cancel();
    for (const stub of stubs) stub.close();
  };
};

const tamed = (call: CallStream): CallStream => {
  for (const listener of call.listeners('data')) {
    call.off('data', listener);
    call.on('data', (message) => {
      try {
        listener(tellingEventLimit(message));
      } catch (error) {
        if (!isStrayAnswer(error)) throw error;
      }
    });
  }
  const write = call.write?.bind(call);
  if (write !== undefined) call.write = (...given) => (given.forEach(asBytes), write(...given), true);
  return call;
};

/** The client makes base64 of each event's data, which the protocol's library would decode letter by letter. */
const asBytes = (request: unknown): void => {
  if (!(request instanceof BatchAppendReq)) return;
  for (const event of request.getProposedMessagesList()) {
    const data = event.getData();
    if (typeof data === 'string') event.setData(Uint8Array.from(Buffer.from(data, 'base64')));
  }
};

/** `const [resolve, reject] = pending.get(id)`, where nothing is pending under that id any more. */
export const isStrayAnswer = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TypeError' && error.message.includes('is not iterable');
