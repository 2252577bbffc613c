import { copyLog, type CopyResult } from '#event-store/copy/log-copy';
import { proveBoth, provesEqual, type Proofs, type ProveParts } from '#event-store/copy/proof';
import type { CopyParts, CopyProgress } from '#event-store/copy/copier';
import { badUsage } from '../usage';
import { checkAddress, openAt, openOwn, type OneLog } from './one-log';

export { provesEqual, type CopyProgress, type CopyResult, type Proofs };

/** The two ends of a copy: an address, or nothing for the log that the settings name. */
export interface Ends {
  readonly from?: string;
  readonly to?: string;
}

export interface TwoLogs {
  readonly source: OneLog;
  readonly target: OneLog;
}

/** Opens both, and gives them back whatever happens. */
export const withLogs = async <T>({ from, to }: Ends, work: (logs: TwoLogs) => Promise<T>): Promise<T> => {
  if (from === undefined && to === undefined) throw badUsage('Give the other log: --to, or --from, or both.');
  if (from !== undefined) checkAddress('--from', from);
  if (to !== undefined) checkAddress('--to', to);
  const source = await (from === undefined ? openOwn() : openAt('--from', from));
  try {
    const target = await (to === undefined ? openOwn() : openAt('--to', to));
    try {
      return await work({ source, target });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

type ProgressReport = Pick<CopyParts, 'signal' | 'onProgress' | 'onGrown'>;

export const copyBetween = ({ source, target }: TwoLogs, told: ProgressReport): Promise<CopyResult> =>
  copyLog({ source: source.log, target: target.log, pace: target.pace, ...told });

/** @throws where `signal` aborts */
export const proveBetween = ({ source, target }: TwoLogs, told: Pick<ProveParts, 'signal' | 'onProgress'>): Promise<Proofs> =>
  proveBoth({ source: source.log, target: target.log, ...told });
