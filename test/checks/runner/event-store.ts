import type { StreamName } from '#kernel/id';
import { LogAddressError } from '#event-store/eventstoredb/client/address';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { START, type EventLog } from '#event-store/log.port';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { NotPossible } from '#testing/processes/long-run';

/** EventStoreDB for a check. */
export interface EventStore {
  readonly url: string;
  /** The double in this very process, which forgets everything; or a server, which keeps what a check wrote. */
  readonly isDouble: boolean;
  stop(): Promise<void>;
}

const given = (): string | undefined => process.env['TEST_EVENTSTORE_URL']?.trim() || undefined;

/** Where `--log eventstoredb` will be, in one line. */
export const tellEventStore = (tell: (line: string) => void): void =>
  tell(
    given() === undefined
      ? 'TEST_EVENTSTORE_URL is not set: the log lies in the double of EventStoreDB, which speaks its protocol in this process'
      : 'the log lies in the EventStoreDB that TEST_EVENTSTORE_URL names, which keeps what is written',
  );

/** The server that `TEST_EVENTSTORE_URL` names; else a double. @throws NotPossible in one sentence */
export const startEventStore = async (): Promise<EventStore> => {
  const url = given();
  if (url !== undefined) {
    await onLog(url, (log) => log.logId());
    return { url, isDouble: false, stop: () => Promise.resolve() };
  }
  const double = await EventStoreDbDouble.start();
  return { url: double.url, isDouble: true, stop: () => double.stop() };
};

/** What the client would say could quote the address. */
const onLog = async <T>(url: string, ask: (log: EventLog) => Promise<T>): Promise<T> => {
  try {
    const log = await EventStoreDbLog.open(url);
    return await ask(log).finally(() => log.close());
  } catch (fault) {
    const isAddress = fault instanceof LogAddressError;
    throw new NotPossible(
      `TEST_EVENTSTORE_URL ${isAddress ? 'is not an address of EventStoreDB or KurrentDB' : 'names no EventStoreDB or KurrentDB that answers'}.`,
    );
  }
};

/** It plays one history many times, or alters it. @throws NotPossible in one sentence */
export const refuseSelfTest = (): void => {
  if (given() !== undefined) throw new NotPossible('A self-test needs a log that forgets: unset TEST_EVENTSTORE_URL for it.');
};

/** What cannot share a log needs all of it. @throws NotPossible in one sentence */
export const refuseUsed = async ({ url }: Pick<EventStore, 'url'>): Promise<void> => {
  if ((await onLog(url, (log) => log.head())) !== START)
    throw new NotPossible('TEST_EVENTSTORE_URL names a server that has events: this check needs an empty one.');
};

/** A part of a log is free for whoever writes streams of their own. @throws NotPossible */
export const refusePlayed = async (log: EventLog, stream: StreamName, seed: number): Promise<void> => {
  for await (const _ of log.readStream(stream, { limit: 1 }))
    throw new NotPossible(
      `TEST_EVENTSTORE_URL names a server on which seed ${seed} was played before: give another --seed, or an empty server.`,
    );
};
