import { lille, lyon } from '#testing/network-facts';
import { asFacilitator, cleo } from '#testing/people';
import { named, testClock } from '../application.fixture';
import type { RoundWatch } from '../round-runner.port';
import { roundIdOf } from './round-runner';
import { RoundStopped, RunningRounds } from './running-rounds';

const envelope = { networkId: lyon, by: asFacilitator(), commandId: named('round'), bodyDigest: 'a' };
const asked = { envelope, options: {} };
const roundId = roundIdOf(envelope);
const untilStopped = ({ signal }: RoundWatch): Promise<never> => {
  signal.throwIfAborted();
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
};

describe('Rounds under way', () => {
  let running: RunningRounds;
  beforeEach(() => {
    running = new RunningRounds(testClock());
  });

  it('are seen by their network alone, with who asked, since when and how far (R23)', async () => {
    const result = running.run(asked, async (watch) => {
      await watch.enter('solving');
      return untilStopped(watch);
    });
    await new Promise((resolve) => setImmediate(resolve));
    const since = testClock().now();
    expect(running.of(lyon)).toEqual([{ roundId, by: asFacilitator().id, since, dryRun: false, phase: 'solving' }]);
    expect(running.of(lille)).toEqual([]);
    expect(running.stop(lille, roundId)).toBe(false);
    expect(running.stop(lyon, roundId)).toBe(true);
    await expect(result).rejects.toEqual(new RoundStopped('somebody'));
    expect(running.of(lyon)).toEqual([]);
    expect(running.stop(lyon, roundId)).toBe(false);
  });

  it('are joined by whoever asks for the same again; other words under the same id are other work (R22)', async () => {
    let begun = 0;
    const work = async () => (begun += 1);
    const [first, again] = [running.run(asked, work), running.run(asked, work)];
    const other = running.run({ ...asked, envelope: { ...envelope, bodyDigest: 'b' } }, work);
    expect(await Promise.all([first, again, other])).toEqual([1, 1, 2]);
    expect(await running.run(asked, work)).toBe(3);
  });

  it('are not stopped once they are recorded, nor by the end of the program', async () => {
    let goOn = (): void => undefined;
    const result = running.run({ ...asked, envelope: { ...envelope, by: asFacilitator(cleo) } }, async ({ enter }) => {
      await enter('recording');
      await new Promise<void>((resolve) => (goOn = resolve));
      return 'recorded';
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(running.stop(lyon, roundId)).toBe(false);
    running.stopAll();
    goOn();
    expect(await result).toBe('recorded');
  });

  it('end with the program while nothing of them is recorded', async () => {
    const result = running.run(asked, untilStopped);
    running.stopAll();
    await expect(result).rejects.toEqual(new RoundStopped('shutdown'));
  });
});
