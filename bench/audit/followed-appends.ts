import { setTimeout as pause } from 'node:timers/promises';
import type { BenchResult, BenchRun } from '../runner/bench';
import { interleaved, median, perSecond, rounded, type Contender } from '../runner/rounds';
import { appendAll, singleAppends } from '../contenders/single-appends';
import type { AuditedLog, AuditedLogs } from './audited-log';
import { treeOf } from './bench-tree';
import { startFollowing, type FollowingProcess } from './jobs';

const AT_ONCE = 50;
const LOOK_MS = 20;

const untilAtHead = async ({ log, pool }: AuditedLog, following: FollowingProcess, { signal }: BenchRun): Promise<void> => {
  const store = await treeOf({ pool });
  for (const head = await log.head(); (await store.state())?.position !== head; await pause(LOOK_MS)) {
    signal.throwIfAborted();
    if (following.isGone()) throw new Error('the process that follows with the tree is gone');
  }
};

const appending =
  ({ log }: AuditedLog, size: number, atOnce: number): Contender =>
  () => {
    const rows = singleAppends(size);
    return perSecond(size, () => appendAll(log, rows, atOnce));
  };

/** Begins its turn at the log's head; `behindMs`: after each, how long the tree took for the rest. */
const followedBy =
  (audited: AuditedLog, following: FollowingProcess, run: BenchRun) =>
  (append: Contender, behindMs: number[]): Contender =>
  async () => {
    following.resume();
    await untilAtHead(audited, following, run);
    const figure = await append();
    const began = performance.now();
    await untilAtHead(audited, following, run);
    behindMs.push(performance.now() - began);
    following.pause();
    return figure;
  };

/**
 * Appends by turns followed by the log's tree, and not. What follows is a process of its own, as a projector is; while it has no turn it
 * stands still.
 */
export const appendFigures = async ({ small }: AuditedLogs, run: BenchRun): Promise<BenchResult> => {
  const following = startFollowing({ url: small.url, signal: run.signal });
  try {
    const behindMs: number[] = [];
    const followed = followedBy(small, following, run);
    const [one, fifty] = [appending(small, Math.ceil(small.size / 200), 1), appending(small, Math.ceil(small.size / 20), AT_ONCE)];
    const figures = await interleaved(
      {
        ...{ followedAppendsPerSecond: followed(one, []), appendsPerSecond: one },
        ...{ followedFiftyAppendsPerSecond: followed(fifty, behindMs), fiftyAppendsPerSecond: fifty },
      },
      run,
    );
    return {
      figures: { ...figures, treeBehindMs: rounded(median(behindMs)) },
      ratios: {
        appendWithTree: rounded(figures.followedAppendsPerSecond / figures.appendsPerSecond),
        appendWithTreeFifty: rounded(figures.followedFiftyAppendsPerSecond / figures.fiftyAppendsPerSecond),
      },
    };
  } finally {
    await following.stop();
  }
};
