import { fromLostServer } from '#postgres/start-failure';
import { fromLostLog } from './open-log';

/** One sentence on stderr and the documented exit code; anything unforeseen is told by its name and place. */
export const failWith = (thrown: unknown): never => {
  const fault = fromLostServer(fromLostLog(thrown));
  const known = fault instanceof Error && 'exitCode' in fault && typeof fault.exitCode === 'number' ? fault.exitCode : null;
  process.stderr.write(
    known === null && fault instanceof Error
      ? `${fault.stack ?? fault.message}\n`
      : `${fault instanceof Error ? fault.message : String(fault)}\n`,
  );
  process.exit(known ?? 70);
};

/** Resolves on the first SIGINT or SIGTERM; a second one ends the process at once. */
export const untilSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    const first = (signal: NodeJS.Signals): void => {
      for (const one of ['SIGINT', 'SIGTERM'] as const) process.once(one, () => process.exit(130));
      resolve(signal);
    };
    process.once('SIGINT', first);
    process.once('SIGTERM', first);
  });

const PARENT_LOOK_MS = 500;

/**
 * Resolves once the npm that started this process is gone: its shell hands no signal on, and a server that nobody can stop would stay.
 * Started by anything else, the process outlives it, as `nohup` expects.
 */
export const untilOrphaned = (): Promise<void> =>
  new Promise((resolve) => {
    const { ppid, env } = process;
    if (env['npm_lifecycle_event'] === undefined) return;
    const look = setInterval(() => {
      if (process.ppid === ppid) return;
      clearInterval(look);
      resolve();
    }, PARENT_LOOK_MS).unref();
  });
