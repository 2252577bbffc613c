import type { CopyPace } from '#event-store/copy/appends';
import { checkLogAddress, isLogAddress } from '#event-store/eventstoredb/client/address';
import type { EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { openPostgres } from '#postgres/connect';
import type { PostgresSettings } from '#postgres/settings';
import { openLog } from '../../installation/open-log';
import { logGzipOf, readSettings, type Environment } from '../../installation/settings';
import { say } from '../output';
import { badUsage } from '../usage';

export interface OneLog {
  readonly kind: 'PostgreSQL' | 'EventStoreDB';
  readonly log: EventLog;
  /** In which it may be written. */
  readonly pace: CopyPace;
  close(): Promise<void>;
}

const inPostgres = async (settings: PostgresSettings): Promise<OneLog> => {
  const postgres = await openPostgres(settings);
  try {
    const log = await PostgresLog.open(postgres);
    const close = async (): Promise<void> => {
      await log.close();
      await postgres.release();
    };
    return { kind: 'PostgreSQL', log, pace: 'in-one-transaction', close };
  } catch (fault) {
    await postgres.release();
    throw fault;
  }
};

const noPostgres = {
  pool: (): never => {
    throw new Error('a log in EventStoreDB asks for no database');
  },
};

const inEventStoreDb = async (url: string): Promise<OneLog> => {
  const { log } = await openLog({ url, gzip: logGzipOf(process.env), postgres: noPostgres, warn: say });
  return { kind: 'EventStoreDB', log, pace: 'one-by-one', close: () => log.close() };
};

const POSTGRES = /^postgres(ql)?:\/\//;

/** The sentences name the settings; here an option held the address. */
const named = (fault: unknown, option: string): unknown => {
  if (fault instanceof Error) fault.message = fault.message.replaceAll(/EVENTSTORE_URL|DATABASE_URL/g, option);
  return fault;
};

/** Before anything is opened. @throws CliProblem that does not quote the address: it may hold a password */
export const checkAddress = (option: string, url: string): void => {
  if (POSTGRES.test(url)) return;
  if (!isLogAddress(url)) throw badUsage(`${option} must be the address of a log: postgresql://…, esdb://… or kurrentdb://….`);
  try {
    checkLogAddress(url);
  } catch (fault) {
    throw badUsage((named(fault, option) as Error).message);
  }
};

/** @throws what an installation throws at its start, in terms of the option */
export const openAt = async (option: string, url: string): Promise<OneLog> => {
  try {
    return await (isLogAddress(url) ? inEventStoreDb(url) : inPostgres({ kind: 'server', url }));
  } catch (fault) {
    throw named(fault, option);
  }
};

/** The log that the settings name. */
export const openOwn = (env: Environment = process.env): Promise<OneLog> => {
  const { eventStore, postgres } = readSettings(env);
  return eventStore === null ? inPostgres(postgres) : inEventStoreDb(eventStore);
};
