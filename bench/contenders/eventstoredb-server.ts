import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runProgram } from '#testing/processes/other-process';

export interface EventStoreDbServer {
  readonly url: string;
  /** The same log where answers come in gzip if the client accepts it: a server's own affair, from 25.1 on; before the double a hop does it. */
  readonly compressing: string;
  /** For the reader of the figures. */
  readonly what: string;
  stop(): Promise<void>;
}

/** The server that `TEST_EVENTSTORE_URL` names; without one, the double of the tests, in a process of its own. */
export const eventStoreDbServer = async (): Promise<EventStoreDbServer> => {
  const own = process.env['TEST_EVENTSTORE_URL'] ?? '';
  if (own !== '') return { url: own, compressing: own, what: "TEST_EVENTSTORE_URL's server", stop: () => Promise.resolve() };
  const child = spawn(process.execPath, runProgram('bench/contenders/eventstoredb-double'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit');
  const [{ url, compressing }] = (await Promise.race([
    once(child, 'message'),
    gone.then(() => Promise.reject(new Error('the double did not start'))),
  ])) as [Pick<EventStoreDbServer, 'url' | 'compressing'>];
  return {
    ...{ url, compressing },
    what: 'the double of the tests, in a process of its own: no real server',
    stop: async () => {
      child.disconnect();
      await gone;
    },
  };
};
