import { START, type Position } from '#event-store/log.port';
import type { RecordedEvent } from '#event-store/codec.port';
import { dumpBuild } from '#read-store/certificates/dump';
import { dumpFolded, foldInMemory } from '#read-store/fold/in-memory-fold';
import type { CheckResult } from '../runner/check';
import { collected, differencesOf } from '../runner/differences';
import type { LoadSeen } from './workload';
import { NAME, sumsModel } from './models';
import type { RebuildsHarness } from './harness';

interface Sums {
  readonly minutes: number;
  readonly times: number;
}

/** What the rows must sum to at each position of the log. */
const truth = async ({
  log,
  codec,
}: RebuildsHarness): Promise<{ readonly at: ReadonlyMap<Position, Sums>; readonly events: readonly RecordedEvent[] }> => {
  const at = new Map<Position, Sums>([[START, { minutes: 0, times: 0 }]]);
  const events: RecordedEvent[] = [];
  let sums: Sums = { minutes: 0, times: 0 };
  for await (const stored of log.readAll({ after: START })) {
    const event = codec.decode(stored);
    events.push(event);
    if (event.type === 'TrainingHoursRecorded') sums = { minutes: sums.minutes + event.data.minutes, times: sums.times + 1 };
    at.set(stored.position, sums);
  }
  return { at, events };
};

/** Every answer was the truth of its position, no client went back, and what serves now is a fold of the whole log. */
export const checkInvariants = async (
  harness: RebuildsHarness,
  { answers, failed, stale }: LoadSeen,
): Promise<Pick<CheckResult, 'counts' | 'findings'>> => {
  const { at, events } = await truth(harness);
  const wrong = answers.filter(({ position, minutes, times }) => {
    const sums = at.get(position);
    return sums?.minutes !== minutes || sums.times !== times;
  });
  const active = await harness.active();
  const model = sumsModel(active.version);
  const lines = await collected(dumpBuild(harness.pool, { name: NAME, ...active }));
  const lost = differencesOf(lines, dumpFolded(model, foldInMemory(model, events)), ['the table', 'a fold of the log']);
  return {
    counts: { failedReads: failed.length, staleAnswers: stale.length, wrongAnswers: wrong.length, lost: lost.length },
    findings: [
      ...failed.slice(0, 3).map((what) => `a read failed: ${what}`),
      ...stale.slice(0, 3).map((what) => `a client went back: ${what}`),
      ...wrong
        .slice(0, 3)
        .map(({ position, times }) => `at ${position} ${times} events were told, and there were ${at.get(position)?.times}`),
      ...lost.slice(0, 3),
    ],
  };
};
