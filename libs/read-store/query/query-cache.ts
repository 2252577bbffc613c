import type { Standing } from '../read-store.port';

/** An answer, and where the rows stood that it was computed from. */
export interface Computed<T> {
  readonly answer: T;
  readonly standing: Standing;
}

interface Kept<T> {
  standing: Standing;
  readonly answer: Promise<T>;
}

interface Asked<T> {
  readonly key: string;
  /** Where the rows stand now: `compute` reads them as of then or later. */
  readonly standing: Standing;
  readonly compute: () => Promise<Computed<T>>;
  /** Whether an answer computed from there is good for ever; never, where nothing is said. */
  readonly isFinal?: (standing: Standing) => boolean;
}

export type QueryCache<T> = (asked: Asked<T>) => Promise<T>;

export interface Shelf {
  /** How many answers are kept. */
  readonly room: number;
  /** After how long one goes, where it is large and asked for by several calls close together. */
  readonly keepMs?: number;
}

/**
 * Keeps the newest `room` answers of a process: whoever asks for the same, while the rows stand as they stood, shares one
 * computation, also while it runs. What failed is not kept.
 * @example const figures = await shared({ key: networkId, standing, compute });
 */
export const createQueryCache = <T>({ room, keepMs }: Shelf): QueryCache<T> => {
  const answers = new Map<string, Kept<T>>();
  const forget = (key: string, kept: Kept<T>): void => {
    if (answers.get(key) === kept) answers.delete(key);
  };
  const start = (key: string, standing: Standing, compute: () => Promise<Computed<T>>): Promise<T> => {
    const kept: Kept<T> = {
      standing,
      answer: compute().then(
        (computed) => {
          kept.standing = computed.standing;
          if (keepMs !== undefined) setTimeout(forget, keepMs, key, kept).unref();
          return computed.answer;
        },
        (fault: unknown) => {
          forget(key, kept);
          throw fault;
        },
      ),
    };
    answers.delete(key);
    answers.set(key, kept);
    for (const oldest of answers.keys()) {
      if (answers.size <= room) break;
      answers.delete(oldest);
    }
    return kept.answer;
  };
  return ({ key, standing, compute, isFinal = () => false }) => {
    const named = `${standing.logId} ${standing.builds} ${key}`;
    const kept = answers.get(named);
    if (kept !== undefined && (kept.standing.position >= standing.position || isFinal(kept.standing))) return kept.answer;
    return start(named, standing, compute);
  };
};
