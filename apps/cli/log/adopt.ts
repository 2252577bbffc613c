import { renamedPlaces, type RenamedParts } from '#event-store/copy/renamed-places';
import { openPostgres } from '#postgres/connect';
import { adoptLog, placesOfProcesses } from '#read-store/checkpoints/adopt-log';
import { readSettings } from '../../installation/settings';
import { say } from '../output';
import { badUsage } from '../usage';
import { checkAddress, openAt, openOwn, type OneLog } from './one-log';

export interface Adopted {
  readonly former: string;
  readonly log: string;
  readonly processes: number;
}

type ProgressReport = Pick<RenamedParts, 'signal' | 'onProgress'>;

/** The former log: at the address that is given; else, with the log in EventStoreDB by now, the one in the settings' database. */
const openFormer = async (from: string | undefined): Promise<OneLog> => {
  if (from !== undefined) {
    checkAddress('--from', from);
    return openAt('--from', from);
  }
  const { eventStore } = readSettings(process.env);
  if (eventStore === null) throw badUsage('Give the log that is left with --from: the settings name no other.');
  return openOwn({ ...process.env, EVENTSTORE_URL: '' });
};

/** Compares both logs, then lets the read tables follow the one that the settings name. */
export const adopt = async (from: string | undefined, told: ProgressReport): Promise<Adopted> => {
  const former = await openFormer(from);
  try {
    const present = await openOwn();
    const postgres = await openPostgres(readSettings(process.env).postgres, { notice: say });
    const pool = postgres.pool({ max: 2 });
    try {
      const [left, taken] = [await former.log.logId(), await present.log.logId()];
      const places = await placesOfProcesses(pool, left);
      await adoptLog(pool, {
        from: left,
        to: taken,
        places: await renamedPlaces({ source: former.log, target: present.log, places, ...told }),
      });
      return { former: left, log: taken, processes: places.length };
    } finally {
      await pool.end();
      await postgres.release();
      await present.close();
    }
  } finally {
    await former.close();
  }
};
