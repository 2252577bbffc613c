import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createKeyedMutex } from '#async/keyed-mutex';
import type { AskedExplanation, Explanation, ExplanationWatch, NotExplained, RoundExplainer } from '#application/round-explainer.port';
import { startBeside } from '../start-beside';
import type { Settings } from '../settings';
import { faultOf } from './told-fault';
import type { ExplanationPiece, FromExplainer, ToExplainer } from './explanation-messages';

export interface ExplanationsApart extends RoundExplainer {
  /** Ends what is under way. */
  close(): Promise<void>;
}

const joined = (answer: Explanation | NotExplained, pieces: readonly ExplanationPiece[]): Explanation | NotExplained => {
  if (typeof answer === 'string') return answer;
  const [proposals, unmatched] = [pieces.flatMap((piece) => piece.proposals), pieces.flatMap((piece) => piece.unmatched)];
  return { ...answer, explained: { ...answer.explained, proposals, unmatched } };
};

/** Message by message: each piece waits for our answer, so that no more than one is read in one turn of the event loop. */
const converse = (child: ChildProcess, asked: AskedExplanation, { signal, tell }: ExplanationWatch): Promise<Explanation | NotExplained> =>
  new Promise((resolve, reject) => {
    const pieces: ExplanationPiece[] = [];
    // what cannot be told to a process that ends is heard of by its exit
    const say = (message: ToExplainer): void => void (child.connected && child.send(message, () => undefined));
    const stop = (): void => reject(signal.reason as Error);
    const hear = (told: FromExplainer): void => {
      if (told.is === 'far') return tell(told.done, told.of);
      if (told.is === 'fault') return reject(faultOf(told.fault));
      if (told.is === 'answer') return resolve(joined(told.answer, pieces));
      pieces.push(told.piece);
      return say({ is: 'go-on' });
    };
    child.on('message', hear);
    const lost = (why: unknown): void => reject(new Error(`the process that explains rounds ended with ${String(why)} before it answered`));
    child.once('exit', lost).once('error', lost);
    signal.addEventListener('abort', stop, { once: true });
    say({ is: 'explain', asked });
  });

/**
 * Explanations in a process of their own, at lower priority: each solves a round several times. It is started for one question and ends with
 * its answer; one at a time, beside rounds, which need not wait for it.
 */
export const explanationsApart = ({ env }: Pick<Settings, 'env'>): ExplanationsApart => {
  const inTurn = createKeyedMutex();
  let child: ChildProcess | undefined;
  const ended = async (started: ChildProcess): Promise<void> => {
    if (started.exitCode === null && started.signalCode === null) await once(started, 'exit');
  };
  const kill = async (): Promise<void> => {
    child?.kill('SIGKILL');
    if (child) await ended(child);
  };
  return {
    explain: (asked, watch) =>
      inTurn('explanation', async () => {
        watch.signal.throwIfAborted();
        child = startBeside(require.resolve('./explanation-process'), { env, serialization: 'advanced', stdout: 'ignore' });
        try {
          const answer = await converse(child, asked, watch);
          child.disconnect();
          await ended(child);
          return answer;
        } catch (fault) {
          await kill();
          throw fault;
        }
      }),
    close: kill,
  };
};
