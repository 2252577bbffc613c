import { Semaphore } from './semaphore';

const never = new AbortController();
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('the gate before the client', () => {
  it('lets in up to its limit, and one larger than that alone', async () => {
    const gate = new Semaphore(10);
    const order: string[] = [];
    const enter = async (name: string, bytes: number) => {
      const leave = await gate.enter(bytes, never);
      order.push(name);
      return leave;
    };
    const [a, b, large, last] = [enter('a', 6), enter('b', 4), enter('large', 50), enter('last', 1)];
    await turn();
    expect(order).toEqual(['a', 'b']);
    (await a)();
    await turn();
    expect(order).toEqual(['a', 'b']);
    (await b)();
    await turn();
    expect(order).toEqual(['a', 'b', 'large']);
    (await large)();
    (await last)();
    expect(order).toEqual(['a', 'b', 'large', 'last']);
  });

  it('lets nobody wait who gave up, and holds nobody up for it', async () => {
    const gate = new Semaphore(10);
    const leave = await gate.enter(10, never);
    const givenUp = new AbortController();
    const waiting = gate.enter(10, givenUp);
    givenUp.abort();
    (await waiting)();
    leave();
    (await gate.enter(10, never))();
  });
});
