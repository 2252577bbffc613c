import { NotActive } from './read-store.port';

/** A switch may come between two attempts: then the first one is right again. */
const ROUNDS = 3;

/**
 * Answers by the code of the version that serves: each attempt is one version's way to the same answer, newest first.
 * @throws NotActive where none of these versions serves
 * @example byActiveVersion([() => pageOf(store, networkId), () => pageOfV2(store, networkId)])
 */
export const byActiveVersion = async <T>(attempts: readonly (() => Promise<T>)[]): Promise<T> => {
  let last: unknown;
  for (let round = 0; round < (attempts.length > 1 ? ROUNDS : 1); round += 1) {
    for (const attempt of attempts) {
      try {
        return await attempt();
      } catch (fault) {
        if (!(fault instanceof NotActive)) throw fault;
        last = fault;
      }
    }
  }
  throw last;
};
