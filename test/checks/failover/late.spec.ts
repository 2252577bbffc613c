import { seededRandom } from '#apps/demo/seeded-random';
import { MemoryLog } from '#event-store/memory/memory-log';
import { START } from '#event-store/log.port';
import { toPosition } from '#event-store/position';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import type { Clock } from './clock';
import { checkNodes } from './cluster';
import type { WriterCommand } from './schedule';
import { Observations } from './observations';
import { truthOfDouble } from './invariants';
import { waitUntil, type WaitOptions } from './wait-until';
import { eventOf, Writer } from './writer';

/** Of a machine so busy that a minute passes at each look, or between a question and its answer. */
class LateClock implements Clock {
  private ms = 0;
  pauses = 0;

  get now(): number {
    this.ms += 60_000;
    return this.ms;
  }

  pause(): Promise<void> {
    this.pauses += 1;
    return new Promise((resolve) => void setImmediate(resolve));
  }
}

const waiting = () => {
  const [time, stop, told] = [new LateClock(), new AbortController(), [] as string[]];
  const at: WaitOptions = { time, signal: stop.signal, progress: (line) => void told.push(line) };
  return { time, stop, told, at };
};

describe('lateness', () => {
  const commands: readonly WriterCommand[] = [{ kind: 'decide', stream: 0, events: 2, thinkMs: 0, looksFirst: true }];
  const written = async (answerMs?: number) => {
    const [observed, time] = [new Observations(), new LateClock()];
    const parts = { log: new MemoryLog(), time, observed, name: 'late', chance: seededRandom(1, 'late'), writer: 0 };
    await new Writer({ ...parts, ...(answerMs === undefined ? {} : { answerMs }) }).give(commands);
    return observed;
  };

  it('of an answer is nothing lost on real servers, but told; in a schedule of its own time it is (case 48)', async () => {
    const observed = await written();
    expect([observed.findings, observed.answered.length]).toEqual([[], 1]);
    expect(observed.longestAnswerMs).toBeGreaterThanOrEqual(60_000);
    expect((await written(10_500)).findings).toMatchObject([{ count: 'lost' }]);
  });

  it('is waited out, told each minute, until whoever waits interrupts (case 48)', async () => {
    const { time, stop, told, at } = waiting();
    await expect(
      waitUntil(
        () => time.pauses === 5,
        () => 'an answer',
        at,
      ),
    ).resolves.toBe(true);
    expect(told).toEqual(Array.from({ length: 5 }, () => 'still waiting: an answer'));
    const waited = waitUntil(
      () => false,
      () => 'what never comes',
      at,
    );
    stop.abort();
    await expect(waited).resolves.toBe(false);
  });

  it('of a node that catches up is nothing lost; what it misses once it has caught up is (case 48)', async () => {
    const double = await EventStoreDbDouble.start({ nodes: 3 });
    try {
      const append = (name: string): void => {
        const { eventId, type, data } = eventOf(name, 0);
        const event = { id: eventId, type, contentType: 'application/json', data: Buffer.from(data), metadata: new Uint8Array() };
        double.log.append(`exchange-${name}`, 'no_stream', [event]);
      };
      for (const name of ['a', 'b', 'c']) append(name);
      const truth = truthOfDouble(double.log, 0);
      const { time, at } = waiting();
      const behind = double.nodes[2]!;
      behind.faults.staleBy = 2;
      const judging = checkNodes(double.url, { ...at, after: START, truth });
      while (time.pauses < 4) await new Promise(setImmediate);
      behind.faults.staleBy = 0;
      await expect(judging).resolves.toEqual([]);
      const more = { ...truth, lines: [{ ...truth.lines[0]!, id: 'gone', position: toPosition(1n) }, ...truth.lines] };
      const found = await checkNodes(double.url, { ...at, after: START, truth: more });
      expect(found.map(({ count }) => count)).toEqual(['lost', 'lost', 'lost']);
    } finally {
      await double.stop();
    }
  });
});
