/** Whoever probes or scrapes waits so long; a reader of a log that fell silent waits far longer. */
const TIMEOUT_MS = 2_000;

/** Null where the answer is late or does not come: what watches must answer itself when what it watches does not. */
export const inTime = async <T>(answer: Promise<T>): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), TIMEOUT_MS)));
  return Promise.race([answer.catch(() => null), late]).finally(() => clearTimeout(timer));
};
