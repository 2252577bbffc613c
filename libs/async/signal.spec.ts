import { Signal } from './signal';

const settled = async (waiting: Promise<void>): Promise<boolean> => {
  let is = false;
  void waiting.then(() => (is = true));
  for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
  return is;
};

describe('a signal', () => {
  it('wakes all who wait, each once', async () => {
    const signal = new Signal();
    const waiting = [signal.wait(signal.count), signal.wait(signal.count)];
    expect(await settled(Promise.all(waiting).then(() => undefined))).toBe(false);
    signal.raise();
    await Promise.all(waiting);
    expect(await settled(signal.wait(signal.count))).toBe(false);
  });

  it('loses nothing that is raised between looking and waiting', async () => {
    const signal = new Signal();
    const seen = signal.count;
    signal.raise();
    expect(await settled(signal.wait(seen))).toBe(true);
  });

  it('ends the wait of who gives up, before and while it waits', async () => {
    const signal = new Signal();
    const giveUp = new AbortController();
    const waiting = signal.next(giveUp.signal, 60_000);
    giveUp.abort();
    await waiting;
    expect(await settled(signal.wait(signal.count, giveUp.signal))).toBe(true);
  });

  it('ends a wait when its time is up', async () => {
    await new Signal().next(new AbortController().signal, 1);
  });
});
