import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createKeyedMutex } from '#async/keyed-mutex';
import type { DryRun, RoundRunner, RoundWatch } from '#application/round-runner.port';
import type { FromRounds, RoundAnswer, RoundPiece, ToRounds } from './round-messages';
import { faultOf } from './told-fault';
import { startBeside } from '../start-beside';
import type { Settings } from '../settings';

export interface RoundsApart extends RoundRunner {
  /** Ends the process: at once where nothing is being recorded. */
  close(): Promise<void>;
}

/** The next round may come soon; one that does not gives its memory back. */
const IDLE_MS = 60_000;
/** For what is being recorded. */
const STOP_MS = 10_000;

/** Killed by the system, or out of memory: what it did may be recorded, or part of it. */
class RoundProcessGone extends Error {
  constructor(code: unknown) {
    super(`the process that runs rounds ended with ${String(code)} before it answered`);
    this.name = 'RoundProcessGone';
  }
}

const gone = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit');

/** One question, answered message by message: each waits for our answer, so that no more than one piece is read in one turn of the event loop. */
const converse = (child: ChildProcess, asked: ToRounds, { signal, enter }: RoundWatch): Promise<RoundAnswer> =>
  new Promise((resolve, reject) => {
    const pieces: RoundPiece[] = [];
    const settle = (end: () => void): void => {
      child.off('message', hear).off('exit', lost).off('error', lost);
      signal.removeEventListener('abort', stop);
      end();
    };
    const fail = (fault: unknown): void => settle(() => reject(fault as Error));
    const stop = (): void => {
      child.kill('SIGKILL');
      fail(signal.reason);
    };
    const lost = (code: unknown): void => fail(new RoundProcessGone(code));
    // what cannot be told to a process that ends is heard of by its exit
    const say = (message: ToRounds): void => void (child.connected && child.send(message, () => undefined));
    const goOn = (): void => say({ is: 'go-on' });
    const hear = (told: FromRounds): void => {
      if (told.is === 'answer') return settle(() => resolve(joined(told.answer, pieces)));
      if (told.is === 'fault') return fail(faultOf(told.fault));
      if (told.is === 'piece') pieces.push(told.piece);
      if (told.is === 'phase') return void enter(told.phase).then(goOn, stop);
      return goOn();
    };
    child.on('message', hear).once('exit', lost).once('error', lost);
    signal.addEventListener('abort', stop, { once: true });
    say(asked);
  });

const joined = (answer: RoundAnswer, pieces: readonly RoundPiece[]): RoundAnswer => {
  if (answer === null || !('outcome' in answer) || answer.outcome !== 'dry-run') return answer;
  const [matches, unmatched] = [pieces.flatMap((piece) => piece.matches), pieces.flatMap((piece) => piece.unmatched)];
  return { ...answer, round: { ...answer.round, matches, unmatched } };
};

/** Whoever is stopped while others have their turn does not wait for it. */
const unlessStopped = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

/** One process, started for the first question, that ends when none is asked for; one question at a time. */
const oneProcess = (env: Settings['env']) => {
  const inTurn = createKeyedMutex();
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let isRecording = false;
  let isClosed = false;
  const started = (): ChildProcess => {
    if (child?.connected && !child.killed) return child;
    child = startBeside(require.resolve('./round-process'), { env, serialization: 'advanced', stdout: 'ignore' });
    return child;
  };
  const release = (): void => void (child?.connected && child.disconnect());
  const askNow = async (asked: ToRounds, watch: RoundWatch): Promise<RoundAnswer> => {
    watch.signal.throwIfAborted();
    if (isClosed) throw new RoundProcessGone('its program');
    clearTimeout(idle);
    const enter: RoundWatch['enter'] = async (phase) => {
      await watch.enter(phase);
      isRecording = phase === 'recording';
    };
    try {
      return await converse(started(), asked, { ...watch, enter });
    } finally {
      isRecording = false;
      idle = setTimeout(release, IDLE_MS).unref();
    }
  };
  return {
    ask: (asked: ToRounds, watch: RoundWatch): Promise<RoundAnswer> =>
      unlessStopped(
        watch.signal,
        inTurn('question', () => askNow(asked, watch)),
      ),
    close: async (): Promise<void> => {
      isClosed = true;
      clearTimeout(idle);
      if (!child) return;
      if (isRecording) setTimeout(() => child?.kill('SIGKILL'), STOP_MS).unref();
      else child.kill('SIGKILL');
      release();
      await gone(child);
    },
  };
};

/**
 * Rounds in a process of their own, at lower priority, which reads, solves and records: whoever started it keeps its pace (ADR 0041).
 * One round at a time, for each may fill a processor and much memory. Replays have another process: who looks back holds up nobody who runs one.
 */
export const roundsApart = ({ env }: Pick<Settings, 'env'>, warn: (sentence: string) => void): RoundsApart => {
  const [running, replaying] = [oneProcess(env), oneProcess(env)];
  return {
    run: async (asked, watch) => {
      try {
        // what is asked decides what is answered
        return (await running.ask({ is: 'run', asked }, watch)) as Awaited<ReturnType<RoundRunner['run']>> | DryRun;
      } catch (fault) {
        if (!(fault instanceof RoundProcessGone)) throw fault;
        warn(`A round did not end: ${fault.message}.`);
        return { outcome: 'unknown', commandId: asked.envelope.commandId };
      }
    },
    replay: async (roundId, watch) => (await replaying.ask({ is: 'replay', roundId }, watch)) as Awaited<ReturnType<RoundRunner['replay']>>,
    close: async () => void (await Promise.all([running.close(), replaying.close()])),
  };
};
