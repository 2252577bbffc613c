import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createKeyedMutex } from '#async/keyed-mutex';

/** What the worker's side is told; it answers each message with one of its own (`aside-serving.ts`). */
export type ToWorker<Row, Question> =
  | { readonly is: 'rows'; readonly rows: readonly Row[] }
  | { readonly is: 'question'; readonly question: Question }
  | { readonly is: 'next' };

export type FromWorker<Piece> = { readonly is: 'ready' } | { readonly is: 'piece'; readonly piece: Piece } | { readonly is: 'end' };

/** A long computation over many rows. */
export interface WorkerQuestion<Row, Question> {
  /** The file that calls `serveComputation`. */
  readonly file: string;
  /** Hands over the rows batch by batch, each once the one before was taken; resolves with the question. */
  readonly feed: (take: (rows: readonly Row[]) => Promise<void>) => Promise<Question>;
}

/** From the sources, as tests run, a thread or another process needs what its process was given. */
const sources = ['--conditions=source', '-r', join(__dirname, '..', '..', '..', 'test', 'setup', 'run-sources.js')];
export const sourceOptions: readonly string[] = __filename.endsWith('.ts') ? sources : [];
const threadOptions = sourceOptions.length > 0 ? { execArgv: [...sourceOptions] } : {};

/** The program stops: whoever waited for the answer asks again, of another. */
export class ComputationStopped extends Error {
  constructor() {
    super('a computation was stopped with its program');
    this.name = 'ComputationStopped';
  }
}

/** What runs now ends so, and what waits for its turn does not begin. */
let stopping = new AbortController();

/** Ends every computation of this process, wherever it stands: each rejects with `ComputationStopped`. Later ones run. */
export const stopComputations = (): void => {
  stopping.abort(new ComputationStopped());
  stopping = new AbortController();
};

/** Most of what is made lives until the end: a small nursery would copy it again and again. */
const resourceLimits = { maxYoungGenerationSizeMb: 192 };

const converse = <Row, Question, Piece>(file: string, signal: AbortSignal) => {
  const worker = new Worker(file, { ...threadOptions, resourceLimits });
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a computation aside ended with ${code} before it answered`)));
  });
  failed.catch(() => undefined);
  let forget = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    // the signal lives as long as the program: what has ended must not wait for it
    forget = () => signal.removeEventListener('abort', stop);
  });
  stopped.catch(() => undefined);
  const tell = (told: ToWorker<Row, Question>): Promise<FromWorker<Piece>> => {
    const answer = new Promise<FromWorker<Piece>>((resolve) => void worker.once('message', resolve));
    worker.postMessage(told);
    return Promise.race([answer, failed, stopped]);
  };
  const end = (): Promise<number> => {
    forget();
    return worker.terminate();
  };
  return { tell, failed: Promise.race([failed, stopped]), end };
};

const runNow = async <Row, Question, Piece>(
  { file, feed }: WorkerQuestion<Row, Question>,
  signal: AbortSignal,
): Promise<readonly Piece[]> => {
  signal.throwIfAborted();
  const { tell, failed, end } = converse<Row, Question, Piece>(file, signal);
  try {
    const question = await Promise.race([feed(async (rows) => void (await tell({ is: 'rows', rows }))), failed]);
    const pieces: Piece[] = [];
    // Asked for one by one: nothing but one piece is copied in one turn of the event loop.
    for (let answer = await tell({ is: 'question', question }); answer.is !== 'end'; answer = await tell({ is: 'next' }))
      if (answer.is === 'piece') pieces.push(answer.piece);
    return pieces;
  } finally {
    await end();
  }
};

/** One at a time: each may fill a processor and much memory. */
const oneAtATime = createKeyedMutex();

/**
 * Computes in a thread of its own, so that the event loop goes on serving. Rows, question and pieces are plain data.
 * @returns the pieces of the answer, in order
 * @throws what the computation, the feed or the thread threw; ComputationStopped
 * @example const pieces = await runInWorker<string, Question, Piece>({ file: require.resolve('./x.aside'), feed });
 */
export const runInWorker = <Row, Question, Piece>(asked: WorkerQuestion<Row, Question>): Promise<readonly Piece[]> => {
  const { signal } = stopping;
  return oneAtATime('worker', () => runNow<Row, Question, Piece>(asked, signal));
};
