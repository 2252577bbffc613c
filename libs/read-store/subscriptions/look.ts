import type { Pool } from 'pg';
import type { Instant } from '#kernel/id';
import type { EventLog } from '#event-store/log.port';
import { register } from '../builds/register';
import { allVersionsOf, onlyVersionOf } from '../fold/model-versions';
import { personalTextConsumer } from '../personal-text/personal-text';
import { CommandQueue } from '../processes/command-queue';
import { processConsumer, type AnyProcess } from '../processes/process-runner';
import type { AnyReadModel } from '../read-model';
import { READ_SCHEMA } from '../tables/table-names';
import { statusOf, type ConsumerStatus } from './runtime-status';

export interface LookParts {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly readModels: readonly AnyReadModel[];
  readonly processes: readonly AnyProcess[];
  readonly now: Instant;
}

const onlyLooks = (): Promise<never> => Promise.reject(new Error('whoever only looks handles no event'));

/** Where all that could follow the log stands, for whoever follows nothing. Makes the read tables where there are none yet. @throws TablesProblem */
export const lookAtConsumers = async ({ log, pool, readModels, processes, now }: LookParts): Promise<readonly ConsumerStatus[]> => {
  const [schema, clock] = [READ_SCHEMA, { now: () => now }];
  const orders = new CommandQueue({ execute: onlyLooks, clock, concurrency: 1, onRejected: () => undefined });
  const lines = [
    ...readModels.map((model) => allVersionsOf(model, schema)),
    onlyVersionOf(personalTextConsumer({ codec: { personalTexts: onlyLooks }, schema })),
    ...processes.map((process) => onlyVersionOf(processConsumer(process, { pool, schema, orders }))),
  ];
  await register(pool, lines, { schema, log });
  return statusOf({ pool, log, clock, schema, lines, stateOf: () => ({ state: 'driven', fault: null }) });
};
