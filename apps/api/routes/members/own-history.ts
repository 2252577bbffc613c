import type { ApplicationPorts } from '#application/application.module';
import type { RecordedEvent } from '#event-store/codec.port';
import type { StreamName } from '#kernel/id';
import { revealed } from '#read-store/personal-refs';

/** One event of a member's own life here: what it says, without who else acted. */
export interface OwnEvent {
  readonly stream: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  /** In which role whoever did it acted. */
  readonly role: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface OwnStreams {
  readonly memberId: string;
  readonly streams: readonly string[];
  /** The matches that this member was told of: a place that is kept before a match is open is no news for them yet (R11). */
  readonly matches: readonly string[];
  /** Their own texts by reference; anybody else's stay out. */
  readonly texts: ReadonlyMap<string, string>;
}

const isTold = ({ type, data }: RecordedEvent, matches: readonly string[]): boolean =>
  !type.startsWith('Engagement') || ('matchId' in data && matches.some((one) => one === data.matchId));

/** Whose stream it is goes without saying; another person’s id is theirs. */
const without = (data: object, { memberId, texts }: OwnStreams): Readonly<Record<string, unknown>> => {
  const kept = Object.entries(revealed(data, texts)).filter(
    ([name, value]) => name !== 'networkId' && name !== 'memberId' && !(name === 'by' && value !== memberId),
  );
  return Object.fromEntries(kept);
};

/** The events of these streams, as they were recorded: every version of what the read models hold the last of. */
export const ownHistory = async (
  { log, codec }: Pick<ApplicationPorts, 'log' | 'codec'>,
  own: OwnStreams,
): Promise<readonly OwnEvent[]> => {
  const found: OwnEvent[] = [];
  for (const stream of own.streams)
    for await (const stored of log.readStream(stream as StreamName)) {
      const event = codec.decode(stored);
      if (!isTold(event, own.matches)) continue;
      const { occurredAt, recordedAt, actor } = event.meta;
      found.push({ stream, type: event.type, occurredAt, recordedAt, role: actor.role, data: without(event.data, own) });
    }
  return found.toSorted((one, other) => (one.recordedAt < other.recordedAt ? -1 : one.recordedAt > other.recordedAt ? 1 : 0));
};
