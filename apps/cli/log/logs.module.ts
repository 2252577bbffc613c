import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import type { CopyPace } from '#event-store/copy/appends';
import { copyLog, type CopyResult } from '#event-store/copy/log-copy';
import { proveBoth, provesEqual, type Proofs, type ProveParts } from '#event-store/copy/proof';
import type { CopyParts, CopyProgress } from '#event-store/copy/copier';
import { checkLogAddress } from '#event-store/eventstoredb/address';
import type { EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { openPostgres } from '#postgres/connect';
import type { PostgresSettings } from '#postgres/settings';
import { readSettings } from '../../installation/settings';
import { badUsage } from '../usage';

export { provesEqual, type CopyProgress, type CopyResult, type Proofs };

export interface OneLog {
  readonly kind: 'PostgreSQL' | 'EventStoreDB';
  readonly log: EventLog;
  /** In which it may be written. */
  readonly pace: CopyPace;
  close(): Promise<void>;
}

/** The two ends of a copy: an address, or nothing for the log that the settings name. */
export interface Ends {
  readonly from?: string;
  readonly to?: string;
}

export interface TwoLogs {
  readonly source: OneLog;
  readonly target: OneLog;
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

const inEventStoreDb = async (url: string): Promise<OneLog> => {
  const log = await EventStoreDbLog.open(url);
  return { kind: 'EventStoreDB', log, pace: 'one-by-one', close: () => log.close() };
};

const POSTGRES = /^postgres(ql)?:\/\//;
const EVENTSTORE = /^esdb(\+discover)?:\/\//;

/** Before anything is opened. @throws CliProblem that does not quote the address: it may hold a password */
const checkAddress = (option: string, url: string): void => {
  if (POSTGRES.test(url)) return;
  if (!EVENTSTORE.test(url)) throw badUsage(`${option} must be the address of a log: postgresql://… or esdb://….`);
  try {
    checkLogAddress(url);
  } catch (fault) {
    throw badUsage((fault as Error).message.replaceAll('EVENTSTORE_URL', option));
  }
};

const openOne = (url: string | undefined): Promise<OneLog> => {
  if (url !== undefined) return EVENTSTORE.test(url) ? inEventStoreDb(url) : inPostgres({ kind: 'server', url });
  const { eventStore, postgres } = readSettings(process.env);
  return eventStore === null ? inPostgres(postgres) : inEventStoreDb(eventStore);
};

/** Opens both, and gives them back whatever happens. */
export const withLogs = async <T>({ from, to }: Ends, work: (logs: TwoLogs) => Promise<T>): Promise<T> => {
  if (from === undefined && to === undefined) throw badUsage('Give the other log: --to, or --from, or both.');
  if (from !== undefined) checkAddress('--from', from);
  if (to !== undefined) checkAddress('--to', to);
  const source = await openOne(from);
  try {
    const target = await openOne(to);
    try {
      return await work({ source, target });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

type Told = Pick<CopyParts, 'signal' | 'onProgress' | 'onGrown'>;

export const copyBetween = ({ source, target }: TwoLogs, told: Told): Promise<CopyResult> =>
  copyLog({ source: source.log, target: target.log, pace: target.pace, ...told });

/** @throws where `signal` aborts */
export const proveBetween = ({ source, target }: TwoLogs, told: Pick<ProveParts, 'signal' | 'onProgress'>): Promise<Proofs> =>
  proveBoth({ source: source.log, target: target.log, ...told });
