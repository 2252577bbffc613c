/**
 * Runs the tasks of one key one after the other, those of different keys at once. Spares conflicts inside one process;
 * the log's expected revision alone guards against other processes.
 */
export const createKeyedMutex = (): (<T>(key: string, task: () => Promise<T>) => Promise<T>) => {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const before = last.get(key);
    const mine = before ? before.then(task, task) : task();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
};
