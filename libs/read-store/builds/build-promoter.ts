import { NotAtOnePosition } from './comparison';
import { BuildRefused, compareBuilds, retireExpired, verifiedSwitch, type CutOverParts } from './cut-over';
import { describeFault } from '../checkpoints/consumer';
import { selectBuilds, updateBuilds } from '../checkpoints/projection-table';
import type { AnyReadModel } from '../read-model';
import type { RuntimeLogger } from '../logger';
import { controlTables, quotedTable } from '../tables/table-names';

export interface BuildPromoterParts extends CutOverParts {
  readonly models: readonly AnyReadModel[];
  readonly logger: RuntimeLogger;
}

/** What one look did: names of projections. */
export interface PromotedBuilds {
  readonly switched: readonly string[];
  /** Compared, and left to an operator. */
  readonly differing: readonly string[];
  /** Not at one position yet: look again. */
  readonly waiting: readonly string[];
}

/**
 * Looks after builds that are ready: compares each once with the one that serves, and lets it take over where nothing differs but what
 * its projection declares. One that differs stays ready, with its report, for an operator. Retires what is no longer kept.
 * Any process may do it, and several at once.
 */
export const promoteReadyBuilds = async (parts: BuildPromoterParts): Promise<PromotedBuilds> => {
  const { pool, schema, models, logger } = parts;
  const tables = controlTables(schema);
  await retireExpired(parts);
  const columns = ['id', 'name', 'version', 'build', 'state', 'byHand', 'keepUntil', 'report', 'paused'] as const;
  const names = models.map(({ projection }) => projection.name);
  const asked = await selectBuilds(pool, tables, { columns, those: 'asked', names });
  const ready = asked.filter((one) => one.state === 'ready' && !one.byHand && !one.paused && one.keepUntil === null && one.report === null);
  const kept = { switched: [] as string[], differing: [] as string[], waiting: [] as string[] };
  for (const build of ready) {
    try {
      const compared = await compareBuilds(parts, models, build);
      const { name, version } = build;
      if (!compared.agrees) {
        kept.differing.push(name);
        logger.warn({ name, version, differing: compared.differing }, 'a new build differs from the one that serves: read its report');
        continue;
      }
      // The first question to the new build shall be planned as well as the last to the former one.
      await pool.query(`analyze ${quotedTable(build, schema)}`);
      await verifiedSwitch(parts, models, { ...build, force: false });
      kept.switched.push(name);
      logger.info({ name, version, build: build.build }, 'a new build was compared and serves now');
    } catch (fault) {
      if (!(fault instanceof NotAtOnePosition || fault instanceof BuildRefused)) throw fault;
      // Compared, but behind or in use at the moment of the switch: the next look compares again.
      if (fault instanceof BuildRefused && (fault.code === 'behind' || fault.code === 'in-use'))
        await updateBuilds(pool, tables, [build.id], { report: null });
      kept.waiting.push(build.name);
    }
  }
  return kept;
};

const POLL_INTERVAL_MS = 500;

/** Looks again and again until stopped; a fault is told and tried again. */
export const startBuildPromoter = (parts: BuildPromoterParts, onSwitched: () => void): { stop(): Promise<void> } => {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    try {
      if ((await promoteReadyBuilds(parts)).switched.length > 0) onSwitched();
    } catch (fault) {
      parts.logger.warn({ fault: describeFault(fault) }, 'builds were not looked after: tried again');
    }
  };
  let under = Promise.resolve();
  const arm = (): void => {
    if (stopped) return;
    timer = setTimeout(() => void (under = look().then(arm)), POLL_INTERVAL_MS);
  };
  arm();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await under;
    },
  };
};
