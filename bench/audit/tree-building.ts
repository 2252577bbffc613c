import { sha256 } from '#audit/merkle/hashing';
import { START, type EventLog } from '#event-store/log.port';
import type { BenchResult, BenchRun } from '../runner/bench';
import { interleaved, perSecond, rounded } from '../runner/rounds';
import type { AuditedLogs } from './audited-log';
import { buildTree } from './bench-tree';

/** Of minutes each. */
const ROUNDS = 3;

/** What no tree can beat: each event read, and one SHA-256 over its bytes. */
const readAndHash = async (log: EventLog): Promise<void> => {
  for await (const { stream, eventId, type, meta, data } of log.readAll({ after: START }))
    sha256(Buffer.from(`${stream}${eventId}${type}${meta}${data}`));
};

/** A tree from the log's first event to its last, beside reading and hashing alone. */
export const treeFigures = async ({ small }: AuditedLogs, run: BenchRun): Promise<BenchResult> => {
  let built = 0;
  const another = (): string => `savoirs.example/bench-${(built += 1)}`;
  const figures = await interleaved(
    {
      treeEventsPerSecond: () => perSecond(small.size, () => buildTree(small, another(), run.signal)),
      floorEventsPerSecond: () => perSecond(small.size, () => readAndHash(small.log)),
    },
    run,
    ROUNDS,
  );
  return { figures, ratios: { treeToFloor: rounded(figures.treeEventsPerSecond / figures.floorEventsPerSecond) } };
};
