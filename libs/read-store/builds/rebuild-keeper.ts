import type { Pool } from 'pg';
import { Signal } from '#async/signal';
import { describeFault } from '../checkpoints/consumer';
import { selectBuilds } from '../checkpoints/projection-table';
import { versionIn, type ModelVersions } from '../fold/model-versions';
import type { RuntimeLogger } from '../logger';
import { controlTables } from '../tables/table-names';

/** A process at work on the builds from the log's start (`finishBuilds`). */
export interface RebuildProcess {
  /** Once it is gone: whether it ended as it should, or was killed, which is as good; not where it failed by itself. */
  readonly gone: Promise<boolean>;
  /** Has it end after the batch under way. */
  stop(): void;
}

export interface RebuildKeeperParts {
  readonly pool: Pool;
  readonly schema: string;
  readonly lines: readonly ModelVersions[];
  readonly logger: RuntimeLogger;
  readonly start: () => RebuildProcess;
  /** Between two looks at the table of positions. */
  readonly everyMs: number;
  readonly onGone: () => void;
}

export interface RebuildKeeper {
  readonly isAtWork: boolean;
  /** Looks now: an operator changed the table of positions. */
  refresh(): void;
  stop(): Promise<void>;
}

/** From the log's start, of a version that this code knows, and held by nobody who lives. */
const isLeftToDo = async ({ pool, schema, lines }: RebuildKeeperParts): Promise<boolean> => {
  const columns = ['name', 'version', 'state', 'paused', 'isHeld'] as const;
  const rows = await selectBuilds(pool, controlTables(schema), { columns, names: lines.map(({ name }) => name) });
  return rows.some((row) => row.state === 'building' && !row.paused && !row.isHeld && versionIn(lines, row) !== undefined);
};

const RETRY_MS = { first: 500, longest: 30_000 } as const;

/**
 * Keeps one process at work while there are builds from the log's start that nobody builds: killed, it is started again at the
 * next look; one that fails by itself, after a wait that grows.
 */
export const keepRebuilding = (parts: RebuildKeeperParts): RebuildKeeper => {
  const wake = new Signal();
  let stopped = false;
  let current: RebuildProcess | undefined;
  let failures = 0;
  const work = async (): Promise<void> => {
    current = parts.start();
    const ended = await current.gone;
    current = undefined;
    failures = ended ? 0 : failures + 1;
    if (!ended) parts.logger.warn({}, 'the process that rebuilds read models failed: started again');
    parts.onGone();
  };
  const loop = async (): Promise<void> => {
    while (!stopped) {
      const seen = wake.count;
      const isLeft = await isLeftToDo(parts).catch((fault: unknown) => {
        parts.logger.warn({ fault: describeFault(fault) }, 'builds were not looked for: tried again');
        return false;
      });
      if (stopped) return;
      if (isLeft) await work();
      await wake.wait(seen, undefined, failures > 0 ? Math.min(RETRY_MS.first * 2 ** failures, RETRY_MS.longest) : parts.everyMs);
    }
  };
  const ended = loop();
  return {
    get isAtWork() {
      return current !== undefined;
    },
    refresh: () => wake.raise(),
    stop: async () => {
      stopped = true;
      wake.raise();
      current?.stop();
      await ended;
    },
  };
};
