import type { EventId, Instant, StreamName } from '#kernel/id';
import type { Actor, EventMeta } from '#kernel/message';
import type { RecordedEvent } from '#event-store/codec.port';
import type { ApplicationPorts } from '#application/application.module';

/** What an event is and where it lies, without what it says. */
export interface EventLine {
  readonly eventId: EventId;
  readonly type: string;
  readonly stream: StreamName;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly actor: Actor;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const lineOf = ({ type, meta }: { readonly type: string; readonly meta: EventMeta }): EventLine => {
  const { eventId, stream, occurredAt, recordedAt, actor } = meta;
  return { eventId, type, stream, occurredAt, recordedAt, actor };
};

type Ports = Pick<ApplicationPorts, 'log' | 'codec'>;

/** Those that are there, in one network (R23), in the order of the log. */
export const eventsOf = async ({ log, codec }: Ports, networkId: string, ids: readonly string[]): Promise<readonly RecordedEvent[]> => {
  const sought = ids.filter((id) => UUID.test(id)) as EventId[];
  const found = sought.length > 0 ? await log.find?.(sought) : undefined;
  return (found ?? []).map((stored) => codec.decode(stored)).filter(({ meta }) => meta.network === networkId);
};

export const linesOf = async (ports: Ports, networkId: string, ids: readonly string[]): Promise<readonly EventLine[]> =>
  (await eventsOf(ports, networkId, ids)).map(lineOf);
