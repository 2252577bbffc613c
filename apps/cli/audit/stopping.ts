import { untilSignal } from '../../installation/run-until-signal';
import { say } from '../output';
import { createProgress, type Progress } from '../progress';

const STOPPED = 130;

/** Work that a signal ends between two events, with its progress. `stopped`: what is left then. */
export const untilStopped = async (stopped: string, work: (signal: AbortSignal, progress: Progress) => Promise<void>): Promise<void> => {
  const stopping = new AbortController();
  const { signal } = stopping;
  void untilSignal().then(() => stopping.abort());
  const progress = createProgress();
  try {
    await work(signal, progress);
  } catch (fault) {
    if (!signal.aborted) throw fault;
    progress.end();
    say(stopped);
    process.exitCode = STOPPED;
  } finally {
    progress.end();
  }
};
