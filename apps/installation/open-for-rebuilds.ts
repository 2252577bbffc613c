import type { Pool } from 'pg';
import { createCodec } from '#event-store/codec/codec';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import { memoryKeys } from '#keys/memory-keys';
import { openPostgres } from '#postgres/connect';
import { openLog } from './open-log';
import type { Settings } from './settings';

/** What of an installation a rebuild needs. */
export interface OpenForRebuilds {
  readonly log: EventLog;
  readonly codec: Pick<Codec, 'decode'>;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** Log and database alone: no key is read, for folds see references instead of texts. @throws StartFailure, LogUnreachable */
export const openForRebuilds = async (settings: Settings, warn: (sentence: string) => void): Promise<OpenForRebuilds> => {
  const postgres = await openPostgres(settings.postgres, { notice: warn });
  try {
    const { log } = await openLog({ url: settings.eventStore, gzip: settings.logGzip, postgres, warn });
    const close = async (): Promise<void> => {
      await log.close();
      await postgres.release();
    };
    return { log, codec: createCodec(memoryKeys()), pool: postgres.pool({ max: 6 }), close };
  } catch (fault) {
    await postgres.release();
    throw fault;
  }
};
