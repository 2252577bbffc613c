import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import { sealing, type Certificate } from './certificate';
import { findLogPosition, type Mark, type Until } from '../as-of/log-position';
import type { AnyReadModel } from '../read-model';
import { foldSorted, type FoldProgress } from '../fold/sorted-fold';

export interface CertifyLog {
  readonly log: Pick<EventLog, 'readAll' | 'head'>;
  /** Folds see references only: no key is needed. */
  readonly codec: Pick<Codec, 'decode'>;
  readonly model: AnyReadModel;
  readonly until: Until;
  /** As in `SortedFold`. */
  readonly budget: number;
  readonly signal?: AbortSignal;
  readonly onCounted?: (mark: Mark) => void;
  readonly onFolded?: (progress: FoldProgress) => void;
}

/**
 * The certificate that a read model's tables would have at that place, from the log alone: to be had on any machine, without a
 * database and without keys. Reads the log once to count, and at least once to fold.
 * @throws NoSuchEvent, CodecFault
 */
export const certifyLog = async ({ log, codec, model, until, budget, signal, onCounted, onFolded }: CertifyLog): Promise<Certificate> => {
  const signalled = signal === undefined ? {} : { signal };
  const place = await findLogPosition({ log, until, ...signalled, ...(onCounted === undefined ? {} : { onEvent: onCounted }) });
  const told = onFolded === undefined ? {} : { onProgress: onFolded };
  const { take, seal } = sealing(model.projection);
  for await (const row of foldSorted({ log, codec, model, until: place.position, budget, ...signalled, ...told })) take(row);
  return seal(place, 0);
};
