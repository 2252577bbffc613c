import type { ReadPosition } from '../read-store.port';

/** An answer, and where the rows stood that it was computed from. */
export interface Computed<T> {
  readonly answer: T;
  readonly readPosition: ReadPosition;
}

interface Kept<T> {
  readPosition: ReadPosition;
  readonly answer: Promise<T>;
}

interface Asked<T> {
  readonly key: string;
  /** Where the rows stand now: `compute` reads them as of then or later. */
  readonly readPosition: ReadPosition;
  readonly compute: () => Promise<Computed<T>>;
  /** Whether an answer computed from there is good for ever; never, where nothing is said. */
  readonly isFinal?: (readPosition: ReadPosition) => boolean;
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
 * @example const figures = await shared({ key: networkId, readPosition, compute });
 */
export const createQueryCache = <T>({ room, keepMs }: Shelf): QueryCache<T> => {
  const answers = new Map<string, Kept<T>>();
  const forget = (key: string, kept: Kept<T>): void => {
    if (answers.get(key) === kept) answers.delete(key);
  };
  const start = (key: string, readPosition: ReadPosition, compute: () => Promise<Computed<T>>): Promise<T> => {
    const kept: Kept<T> = {
      readPosition,
      answer: compute().then(
        (computed) => {
          kept.readPosition = computed.readPosition;
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
  return ({ key, readPosition, compute, isFinal = () => false }) => {
    const named = `${readPosition.logId} ${readPosition.builds} ${key}`;
    const kept = answers.get(named);
    if (kept !== undefined && (kept.readPosition.position >= readPosition.position || isFinal(kept.readPosition))) return kept.answer;
    return start(named, readPosition, compute);
  };
};
