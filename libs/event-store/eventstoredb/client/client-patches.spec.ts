import { Duplex } from 'node:stream';
import { EventStoreDBClient } from '@eventstore/db-client';
import { patchClient } from './client-patches';

interface Inside {
  handleError: (...given: readonly unknown[]) => Promise<void>;
  GRPCStreamCreator: (stub: unknown, name: string, creator: (stub: { close: () => void }) => Duplex) => () => Promise<Duplex>;
}

/** A client whose calls are made by the test: the real one's place for it must be there, or the version changed. */
const tamed = () => {
  const client = EventStoreDBClient.connectionString('esdb://127.0.0.1:1?tls=false');
  const inside = client as unknown as Inside;
  expect(typeof inside.GRPCStreamCreator).toBe('function');
  const closed: string[] = [];
  const stub = { close: () => closed.push('stub') };
  inside.GRPCStreamCreator = (_stub, _name, creator) => () => Promise.resolve(creator(stub));
  const end = patchClient(client);
  const call = (name: string): Promise<Duplex> =>
    inside.GRPCStreamCreator(undefined, name, () => {
      const made = Object.assign(new Duplex({ objectMode: true, highWaterMark: 1, read: () => undefined, write: () => undefined }), {
        cancel: () => closed.push('call'),
      });
      return made.on('data', (given: unknown) => {
        const [resolve] = given as [() => void];
        resolve();
      });
    })();
  return { call, end, closed };
};

describe('a tamed client', () => {
  it('drops an answer for which nothing is pending any more, and lets any other error through', async () => {
    const call = await tamed().call('appendToStream');
    const answered = jest.fn();
    expect(() => call.emit('data', undefined)).not.toThrow();
    expect(() => call.emit('data', [answered])).not.toThrow();
    expect(answered).toHaveBeenCalledTimes(1);
    const broken = (): never => {
      throw new RangeError('another fault');
    };
    expect(() => call.emit('data', [broken])).toThrow('another fault');
  });

  it('never says that an appending call is full: the client would wait, and lose what waits to an unhandled rejection', async () => {
    const { call } = tamed();
    const [appending, reading] = [await call('appendToStream'), await call('readAll')];
    expect([appending.write(1), appending.write(2), appending.write(3)]).toEqual([true, true, true]);
    expect(reading.write(1)).toBe(false);
  });

  it('rejects to nobody where a call breaks while no node can be found', async () => {
    const client = EventStoreDBClient.connectionString('esdb://127.0.0.1:1?tls=false');
    const inside = client as unknown as Inside;
    expect(typeof inside.handleError).toBe('function');
    const handled = jest.fn(() => Promise.reject(new Error('Failed to discover after 10 attempts.')));
    inside.handleError = handled;
    patchClient(client);
    await expect(inside.handleError('stub', 'error')).resolves.toBeUndefined();
    expect(handled).toHaveBeenCalledWith('stub', 'error');
  });

  it('ends its appending calls and closes its channels, which the client leaves open', async () => {
    const { call, end, closed } = tamed();
    await call('appendToStream');
    end();
    expect(closed).toEqual(['call', 'stub']);
  });
});
