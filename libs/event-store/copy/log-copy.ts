import type { EventLog } from '../log.port';
import { Copier, type CopyParts } from './copier';
import { CopyRefused } from './copy-refused';
import { proveBoth, type Proofs } from './proof';

export interface CopyResult {
  /** Events that lay in the target before, as far as it came in comparing them. */
  readonly found: number;
  readonly appended: number;
  /** Null where `signal` ended the copy before its proof. */
  readonly proofs: Proofs | null;
}

/**
 * Makes `target` hold what `source` holds, in the same order: events as they are, positions and the log's id its own. The target must be
 * empty, or hold a prefix of the source: all of it is compared, so that a copy that was stopped or killed goes on where it ended.
 * A source that grows is followed until it stands still; then both logs are read whole and proven.
 * @throws CopyRefused; LogUnavailable: the same call goes on later
 */
export const copyLog = async (parts: CopyParts): Promise<CopyResult> => {
  const { source, target, signal, onProgress = () => undefined, onGrown = () => undefined } = parts;
  await refuseItself(source, target);
  const copier = new Copier(parts);
  let there: number | undefined;
  const result = (proofs: Proofs | null): CopyResult => {
    const found = there ?? copier.events;
    return { found, appended: copier.events - found, proofs };
  };
  try {
    await copier.compare();
    there = copier.events;
    for (;;) {
      const end = await copier.copyToEnd();
      const proofs = await proveBoth({ source, target, signal, onProgress: (at) => onProgress({ phase: 'proving', ...at }) });
      if ((await source.head()) === end) return result(proofs);
      onGrown();
    }
  } catch (fault) {
    if (!signal.aborted || fault !== signal.reason) throw fault;
    return result(null);
  }
};

const refuseItself = async (source: EventLog, target: EventLog): Promise<void> => {
  const [from, to] = await Promise.all([source.logId(), target.logId()]);
  if (from === to) throw new CopyRefused('Source and target are the same log: name another one.');
};
