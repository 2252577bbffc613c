import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import { NotAtOnePosition, type Compared } from './comparison';
import { compareBuilds, rollBack, verifiedSwitch, type LockedBuild, type Switched } from './cut-over';
import { selectBuilds } from '../checkpoints/projection-table';
import { allVersionsOf, type ModelVersions } from '../fold/model-versions';
import { rebuild, setPaused, stopBuild, type Target } from './operations';
import { parkedOf, type ParkedEvent, type ParkedPage } from '../parked/parked';
import type { RetryResult } from '../parked/parked-queue';
import { retryRows, skipEvent } from '../parked/parked-operations';
import { NOBODY, orderingAgain, type Ordering } from '../processes/ordering-again';
import { retryOrders, skipOrders } from '../processes/parked-commands';
import { progressOf, type Progress } from './progress';
import type { AnyReadModel } from '../read-model';
import { controlTables, PROCESS, READ_SCHEMA, DryRunDone, type Built } from '../tables/table-names';

export interface BuildsParts {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly codec: Pick<Codec, 'decode'>;
  readonly models: readonly AnyReadModel[];
  readonly keepMs: number;
  readonly onSwitch?: (client: PoolClient) => Promise<void>;
  /** Whose parked orders are retried and skipped here; default: nobody's. */
  readonly ordering?: Ordering;
  readonly schema?: string;
}

/** One thing that an operator does to builds; `dryRun` only tells whether it could be. @throws BuildRefused */
export interface Operation<T> {
  dryRun(): Promise<void>;
  run(): Promise<T>;
}

/** What operators see of the builds of read models, and what they do to them. */
export interface Builds {
  progress(name?: string): Promise<readonly Progress[]>;
  /** Read models that cannot be asked: none of their builds serves that this code knows. */
  unserved(): Promise<readonly string[]>;
  /** @throws BuildRefused, NotAtOnePosition */
  compare(of: Target): Promise<Compared>;
  pause(of: Target): Operation<readonly LockedBuild[]>;
  resume(of: Target): Operation<readonly LockedBuild[]>;
  rebuild(of: { readonly name: string; readonly byHand: boolean }): Operation<Required<Built>>;
  stop(of: Target): Operation<readonly LockedBuild[]>;
  switch(of: Target & { readonly force: boolean }): Operation<Switched>;
  rollBack(name: string): Operation<Switched>;
  /** Events that wait behind a fault, and those that were skipped. */
  parked(of: {
    readonly name?: string;
    readonly page: ParkedPage;
  }): Promise<{ readonly parked: readonly ParkedEvent[]; readonly next: string | null }>;
  /** @throws ParkedRefused */
  retry(of: { readonly name: string; readonly key?: string }): Operation<readonly RetryResult[]>;
  /** @throws ParkedRefused */
  skip(of: { readonly name: string; readonly eventId: string; readonly key?: string }): Operation<readonly RetryResult[]>;
}

const isProcess = ({ name }: { readonly name: string }): boolean => name.startsWith(PROCESS);

const ATTEMPTS = 50;
const RETRY_DELAY_MS = 200;

/** Followed in one pass, two builds stand at one position after every batch: soon enough, if not at once. */
const untilAtOne = async (compare: () => Promise<Compared>): Promise<Compared> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await compare();
    } catch (fault) {
      if (!(fault instanceof NotAtOnePosition) || attempt === ATTEMPTS) throw fault;
      await sleep(RETRY_DELAY_MS);
    }
  }
};

/** @example await createBuilds(parts).rebuild({ name: 'risk', byHand: false }).run() */
export const createBuilds = ({ schema = READ_SCHEMA, models, log, ordering = NOBODY, ...rest }: BuildsParts): Builds => {
  const lines = models.map((model) => allVersionsOf(model, schema));
  const parts = { ...rest, schema, lines };
  const again = () => orderingAgain({ ...parts, log }, ordering);
  const operation = <T>(run: (dryRun: boolean) => Promise<T>): Operation<T> => ({
    run: () => run(false),
    dryRun: async () => {
      await run(true).catch((fault: unknown) => {
        if (!(fault instanceof DryRunDone)) throw fault;
      });
    },
  });
  return {
    progress: (name) => progressOf({ ...parts, log }, name),
    unserved: async () => {
      const active = await selectBuilds(rest.pool, controlTables(schema), { columns: ['name', 'version'], those: 'active' });
      const serves = ({ name, versions }: ModelVersions): boolean =>
        versions.some(({ version }) => active.some((row) => row.name === name && row.version === version));
      return lines.filter((line) => !serves(line)).map(({ name }) => name);
    },
    compare: (of) => untilAtOne(() => compareBuilds(parts, models, of)),
    pause: (of) => operation((dryRun) => setPaused({ ...parts, dryRun }, of, true)),
    resume: (of) => operation((dryRun) => setPaused({ ...parts, dryRun }, of, false)),
    rebuild: (of) => operation(async (dryRun) => rebuild({ ...parts, dryRun, logId: await log.logId() }, of)),
    stop: (of) => operation((dryRun) => stopBuild({ ...parts, dryRun }, of)),
    switch: (of) => operation((dryRun) => verifiedSwitch({ ...parts, dryRun }, models, of)),
    rollBack: (name) => operation((dryRun) => rollBack({ ...parts, dryRun }, name)),
    parked: (of) => parkedOf(rest.pool, { ...of, schema }),
    retry: (of) =>
      operation((dryRun) => (isProcess(of) ? retryOrders({ ...again(), dryRun }, of) : retryRows({ ...parts, log, models, dryRun }, of))),
    skip: (of) =>
      operation((dryRun) => (isProcess(of) ? skipOrders({ ...again(), dryRun }, of) : skipEvent({ ...parts, log, models, dryRun }, of))),
  };
};
