import { Overtaken } from '#audit/following/grow-tree';
import { makeCheckpoint } from '#audit/following/make-checkpoint';
import type { KeptCheckpoint } from '#audit/tree-store.port';
import type { Installation } from '../../installation/installation';
import { badData } from '../usage';

const TRIES = 20;

/** Signs what is new, whoever else lets the tree grow meanwhile. */
const signNow = async ({ tree, log, clock }: Installation, signal: AbortSignal): Promise<void> => {
  const due = { cadence: null, lastAt: 0, now: Date.parse(clock.now()) };
  for (let left = TRIES; ; left -= 1) {
    try {
      return void (await makeCheckpoint({ ...tree, log, signal }, due));
    } catch (fault) {
      if (!(fault instanceof Overtaken) || left === 0) throw fault;
    }
  }
};

/** The last checkpoint; with `isNew` of the whole log as it is now. @throws CliProblem where there is none */
export const lastCheckpoint = async (
  installation: Installation,
  { signal, isNew }: { readonly signal: AbortSignal; readonly isNew: boolean },
): Promise<KeptCheckpoint> => {
  if (isNew) await signNow(installation, signal);
  const last = await installation.tree.store.checkpoint();
  if (last !== null) return last;
  throw badData(
    isNew ? 'This log holds no event yet: there is nothing to sign.' : 'Nothing was signed yet: `savoirs audit checkpoint` does it.',
  );
};
