import type { EventStoreDBClient } from '@eventstore/db-client';

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

type Create = (stub: unknown, name: string, creator: (stub: Stub) => CallStream, cache?: unknown) => () => Promise<CallStream>;

/**
 * Makes one client of 6.2.1 safe to live with, at the one place where it opens its calls (checked by tests; the version is pinned):
 * an answer to an append that another connection's end has already rejected is dropped instead of ending the process, and a call
 * never reports that it is full, for the client would then lose writes to an unhandled rejection. How much is under way is bounded above it.
 * @returns what ends its appending calls and closes its channels: its own `dispose` leaves channels open, and may never settle
 */
export const tame = (client: EventStoreDBClient): (() => void) => {
  const inside = client as unknown as { GRPCStreamCreator: Create };
  const create = inside.GRPCStreamCreator;
  const stubs = new Set<Stub>();
  const calls = new Set<CallStream>();
  inside.GRPCStreamCreator = (stub, name, creator, cache) =>
    create(
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
        listener(message);
      } catch (error) {
        if (!isStrayAnswer(error)) throw error;
      }
    });
  }
  const write = call.write?.bind(call);
  if (write !== undefined) call.write = (...given) => (write(...given), true);
  return call;
};

/** `const [resolve, reject] = pending.get(id)`, where nothing is pending under that id any more. */
export const isStrayAnswer = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TypeError' && error.message.includes('is not iterable');
