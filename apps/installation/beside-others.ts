import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { untilSignal } from './run-until-signal';

/** A third of an equal's share, so that the work goes on where others take all they can get; who wakes comes first at either. */
const SESSION_PRIORITY = 5;

/** A session of its own (`startBeside`): one that it shares is also that of whoever serves. */
const leadsSession = (): boolean => readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ')[3] === String(process.pid);

/** Linux shares processors among sessions first, each by a priority of its own; the threads' priorities count within one. */
const haveSessionStandBack = (): void => {
  try {
    if (leadsSession()) writeFileSync('/proc/self/autogroup', String(SESSION_PRIORITY));
  } catch {
    // elsewhere, and where it is not built in, threads alone have one
  }
};

/** Below those who serve people. On Linux each thread has a priority of its own, and those that collect garbage are there already. */
const standBack = (): void => {
  haveSessionStandBack();
  let threads: readonly number[] = [];
  try {
    threads = readdirSync('/proc/self/task').map(Number);
  } catch {
    // elsewhere the process has one
  }
  for (const thread of [0, ...threads]) {
    try {
      setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // gone meanwhile, or further back already
    }
  }
};

/** Once whoever started this process lets it go, or is gone. */
const untilLetGo = (): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.once('disconnect', resolve);
  });

/** Works at lower priority; `signal` aborts when whoever started this process stops, is gone, or says so. */
export const besideOthers = async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
  standBack();
  const stop = new AbortController();
  void Promise.race([untilSignal(), untilLetGo()]).then(() => stop.abort());
  await work(stop.signal);
};
