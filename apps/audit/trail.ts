import type { ApplicationPorts } from '#application/application.module';
import type { EventId } from '#kernel/id';
import type { RecordedEvent } from '#event-store/codec.port';
import type { Position, StoredEvent, StreamSpan } from '#event-store/log.port';
import type { IndexedExchange, StreamPart } from '#projections/exchange-streams/exchange-streams.queries';

export type Ports = Pick<ApplicationPorts, 'log' | 'codec'>;

/** One event of the log, with its place. */
export interface Placed {
  readonly event: RecordedEvent;
  readonly revision: number;
  readonly position: Position;
  readonly stored: StoredEvent;
}

/** Reading so many events too many costs less than asking once more. */
const NEAR = 16;

/** Of a stream, what to read so that each of these revisions is there. */
export const spansOf = ({ stream, revisions }: StreamPart): readonly StreamSpan[] => {
  if (revisions === null) return [{ stream, from: 0 }];
  const spans: { readonly from: number; to: number }[] = [];
  for (const revision of revisions) {
    const last = spans.at(-1);
    if (last && revision - last.to <= NEAR) last.to = revision;
    else spans.push({ from: revision, to: revision });
  }
  return spans.map(({ from, to }) => ({ stream, from, limit: to - from + 1 }));
};

const spanBySpan = async ({ log }: Ports, spans: readonly StreamSpan[]): Promise<readonly StoredEvent[]> => {
  const readSpan = async ({ stream, ...span }: StreamSpan): Promise<readonly StoredEvent[]> => {
    const found: StoredEvent[] = [];
    for await (const stored of log.readStream(stream, span)) found.push(stored);
    return found;
  };
  return (await Promise.all(spans.map(readSpan))).flat();
};

/** Those of its revisions that are about the exchange. */
const readParts = async (ports: Ports, parts: readonly StreamPart[]): Promise<readonly StoredEvent[]> => {
  const wanted = new Map(parts.map(({ stream, revisions }) => [stream, revisions && new Set(revisions)]));
  const spans = parts.flatMap(spansOf);
  const found = await (ports.log.readSpans?.(spans) ?? spanBySpan(ports, spans));
  return found.filter(({ stream, revision }) => wanted.get(stream)?.has(revision) ?? true);
};

const readSingle = async ({ log }: Ports, ids: readonly EventId[]): Promise<readonly StoredEvent[]> =>
  ids.length === 0 ? [] : ((await log.find?.(ids)) ?? []);

const inLogOrder = (one: StoredEvent, other: StoredEvent): number => (one.position < other.position ? -1 : 1);

/** The events of an exchange that the index names, in the order of the log: nothing else is read. */
export const readTrail = async (ports: Ports, { parts, single }: Pick<IndexedExchange, 'parts' | 'single'>): Promise<readonly Placed[]> => {
  const found = (await Promise.all([readParts(ports, parts), readSingle(ports, single)])).flat().sort(inLogOrder);
  return found.map((stored) => ({ event: ports.codec.decode(stored), revision: stored.revision, position: stored.position, stored }));
};
