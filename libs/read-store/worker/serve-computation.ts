import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker-computation';

/** The worker's side of a computation: takes rows, then answers one question in pieces small enough to be copied in one go. */
export interface WorkerTask<Row, Question, Piece> {
  readonly take: (rows: readonly Row[]) => void;
  readonly answer: (question: Question) => Iterable<Piece>;
}

/** Called once, by the file that a thread runs. */
export const serveComputation = <Row, Question, Piece>({ take, answer }: WorkerTask<Row, Question, Piece>): void => {
  const port = parentPort;
  if (port === null) throw new Error('runs in a thread of its own only');
  let pieces: Iterator<Piece> = [][Symbol.iterator]();
  const next = (): FromWorker<Piece> => {
    const { done, value } = pieces.next();
    return done === true ? { is: 'end' } : { is: 'piece', piece: value };
  };
  const hear = (told: ToWorker<Row, Question>): FromWorker<Piece> => {
    if (told.is === 'rows') take(told.rows);
    if (told.is === 'question') pieces = answer(told.question)[Symbol.iterator]();
    return told.is === 'rows' ? { is: 'ready' } : next();
  };
  port.on('message', (told: ToWorker<Row, Question>) => port.postMessage(hear(told)));
};
