import { setTimeout as sleep } from 'node:timers/promises';
import type { Codec } from '#event-store/codec.port';
import { createLeases } from '../checkpoints/leases';
import { isBuilt } from '../checkpoints/projection-table';
import { allVersionsOf, listBuilds, type ListedBuild } from '../fold/model-versions';
import { silentLogger } from '../logger';
import { READ_SCHEMA } from '../tables/table-names';
import { ConsumerSupervisor } from './consumer-supervisor';
import { createRebuildThrottle } from './rebuild-throttle';
import { LEASE_MS, VIEW_LIMITS, type RuntimeParts } from './runtime';

export interface FinishParts extends Pick<RuntimeParts, 'log' | 'pool' | 'readModels' | 'logger' | 'schema' | 'leaseMs' | 'memoryBytes'> {
  readonly codec: Pick<Codec, 'decode'>;
}

const POLL_INTERVAL_MS = 250;
/** So many looks may pass before the first lease is had. */
const IDLE_LOOKS = 8;

/**
 * What a process for rebuilds does: it brings builds from the log's start that nobody holds to the log's head, under the same leases
 * as everybody. Resolves once none is left for it, or, after the batch under way, once `signal` aborts. Whoever follows the log goes on.
 */
export const finishBuilds = async (parts: FinishParts, signal: AbortSignal): Promise<void> => {
  const { log, pool, codec, schema = READ_SCHEMA, logger = silentLogger, memoryBytes } = parts;
  const lines = parts.readModels.map((model) => allVersionsOf(model, schema));
  const leases = createLeases(pool, { schema, ttlMs: parts.leaseMs ?? LEASE_MS });
  const unfinished = async (): Promise<readonly ListedBuild[]> =>
    (await listBuilds(pool, lines, schema)).filter(({ state }) => isBuilt(state));
  const supervisor = new ConsumerSupervisor({
    ...{ pool, codec, schema, lines, leases, logger, limits: VIEW_LIMITS, inOrder: false, listBuilds: unfinished },
    ...{ source: log.subscribe.bind(log), throttle: createRebuildThrottle({ log, pool, schema }) },
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
  });
  supervisor.start();
  try {
    for (let [looks, began] = [0, false]; !signal.aborted && (began || looks < IDLE_LOOKS); looks += 1) {
      await sleep(POLL_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
      const isOurs = (build: ListedBuild): boolean => !build.paused && supervisor.stateOf(build).state !== 'elsewhere';
      // away for a moment: whoever works on them tries again, too
      const left = await unfinished().catch(() => null);
      if (left === null) continue;
      if (began && !left.some(isOurs)) return;
      began ||= left.some(isOurs);
    }
  } finally {
    await supervisor.stop();
    await leases.release();
  }
};
