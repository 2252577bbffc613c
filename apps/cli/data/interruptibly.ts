import { untilSignal } from '../../installation/run-until-signal';
import { say } from '../output';
import { createProgress, type Progress } from '../progress';

const STOPPED = 130;

/** Work that the first SIGINT or SIGTERM ends, with nothing half done: then the sentence, and code 130. */
export const interruptibly = async (sentence: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
  const stopping = new AbortController();
  void untilSignal().then(() => {
    say('Stopping …');
    stopping.abort();
  });
  try {
    await work(stopping.signal);
  } catch (fault) {
    if (!stopping.signal.aborted || fault !== stopping.signal.reason) throw fault;
    say(sentence);
    process.exitCode = STOPPED;
  }
};

/** A bar for each phase: what is left of one says nothing about the next. */
export const phases = (): { readonly show: (phase: string, share: number, text: string) => void; readonly end: () => void } => {
  let [bar, current]: [Progress | null, string | null] = [null, null];
  const end = (): void => {
    bar?.end();
    bar = null;
  };
  return {
    show: (phase, share, text) => {
      if (phase !== current) end();
      if (bar === null) [bar, current] = [createProgress(), phase];
      bar.show(share, text);
    },
    end,
  };
};
