import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';

export interface EventStoreDbServer {
  readonly url: string;
  /** For the reader of the figures. */
  readonly what: string;
  stop(): Promise<void>;
}

/** The server that `TEST_EVENTSTORE_URL` names; without one, the double of the tests, in a process of its own. */
export const eventStoreDbServer = async (): Promise<EventStoreDbServer> => {
  const own = process.env['TEST_EVENTSTORE_URL'] ?? '';
  if (own !== '') return { url: own, what: "TEST_EVENTSTORE_URL's server", stop: () => Promise.resolve() };
  const child = fork(join(__dirname, `eventstoredb-double${extname(__filename)}`), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const gone = once(child, 'exit');
  const [url] = (await Promise.race([once(child, 'message'), gone.then(() => Promise.reject(new Error('the double did not start')))])) as [
    string,
  ];
  return {
    url,
    what: 'the double of the tests, in a process of its own: no real server',
    stop: async () => {
      child.disconnect();
      await gone;
    },
  };
};
