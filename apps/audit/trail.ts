import type { ApplicationPorts } from '#application/application.module';
import type { EventId } from '#kernel/id';
import type { RecordedEvent } from '#event-store/codec.port';
import type { Position, StoredEvent } from '#event-store/log.port';
import type { IndexedExchange, StreamPart } from '#projections/exchange-streams/exchange-streams.queries';

export type Ports = Pick<ApplicationPorts, 'log' | 'codec'>;

/** One event of the log, with its place. */
export interface Placed {
  readonly event: RecordedEvent;
  readonly revision: number;
  readonly position: Position;
  readonly stored: StoredEvent;
}

const placed = (event: RecordedEvent, stored: StoredEvent): Placed => ({
  event,
  revision: stored.revision,
  position: stored.position,
  stored,
});

interface Span {
  readonly from: number;
  readonly limit?: number;
}

/** Reading so many events too many costs less than asking once more. */
const NEAR = 16;

/** Of a stream, what to read so that each of these revisions is there. */
export const spansOf = (revisions: readonly number[] | null): readonly Span[] => {
  if (revisions === null) return [{ from: 0 }];
  const spans: { readonly from: number; to: number }[] = [];
  for (const revision of revisions) {
    const last = spans.at(-1);
    if (last && revision - last.to <= NEAR) last.to = revision;
    else spans.push({ from: revision, to: revision });
  }
  return spans.map(({ from, to }) => ({ from, limit: to - from + 1 }));
};

const readSpan = async ({ log, codec }: Ports, { stream, revisions }: StreamPart, span: Span): Promise<readonly Placed[]> => {
  const found: Placed[] = [];
  for await (const stored of log.readStream(stream, span)) {
    if (revisions?.includes(stored.revision) === false) continue;
    found.push(placed(codec.decode(stored), stored));
  }
  return found;
};

const inLogOrder = (one: Placed, other: Placed): number => (one.position < other.position ? -1 : 1);

const readSingle = async ({ log, codec }: Ports, ids: readonly EventId[]): Promise<readonly Placed[]> =>
  ids.length === 0 ? [] : ((await log.find?.(ids)) ?? []).map((stored) => placed(codec.decode(stored), stored));

/** The events of an exchange that the index names, in the order of the log: nothing else is read. */
export const readTrail = async (ports: Ports, { parts, single }: Pick<IndexedExchange, 'parts' | 'single'>): Promise<readonly Placed[]> => {
  const spans = parts.flatMap((part) => spansOf(part.revisions).map((span) => readSpan(ports, part, span)));
  return (await Promise.all([...spans, readSingle(ports, single)])).flat().sort(inLogOrder);
};
