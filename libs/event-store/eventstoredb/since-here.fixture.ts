import { START, type EventLog, type Position, type SubscriptionItem } from '../log.port';

/** A log that others wrote to, as if it began at its present head: what a suite gets that asks for an empty one, on a server that lives on. */
export const sinceHere = async (log: EventLog, here?: Position): Promise<EventLog & { readonly here: Position }> => {
  const base = here ?? (await log.head());
  const real = (after: Position): Position => (after === START ? base : after);
  const seen = (position: Position): Position => (position <= base ? START : position);
  return {
    here: base,
    logId: () => log.logId(),
    append: (stream, expected, events) => log.append(stream, expected, events),
    readStream: (stream, read) => log.readStream(stream, read),
    readAll: (read) => log.readAll({ ...read, after: real(read.after) }),
    async *subscribe(from): AsyncGenerator<SubscriptionItem> {
      for await (const item of log.subscribe({ ...from, after: real(from.after) })) {
        yield item.kind === 'event' ? item : { ...item, position: seen(item.position) };
      }
    },
    head: async () => seen(await log.head()),
    close: () => log.close(),
  };
};
