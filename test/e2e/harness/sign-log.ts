import type { Installation } from '#apps/installation/installation';
import { Overtaken } from '#audit/following/grow-tree';
import { makeCheckpoint } from '#audit/following/make-checkpoint';
import { eventually } from './asking';

/** Signs the log as it is now, beside whoever follows it with its tree. */
export const signLog = async ({ tree, log }: Installation): Promise<void> => {
  const { signal } = new AbortController();
  await eventually(() =>
    makeCheckpoint({ ...tree, log, signal }, { cadence: null, lastAt: 0, now: Date.now() }).catch((fault: unknown) => {
      if (fault instanceof Overtaken) return null;
      throw fault;
    }),
  );
};
