import type { EventId } from '#kernel/id';
import type { Position } from '#event-store/log.port';
import { lineOf, type EventLine } from './event-lines';
import { whyOf, type Why } from './steps';
import { toldOf } from './told';
import type { Ports } from './trail';

/** One event of the log, whatever it is about: where it lies, what it came from, what it says. */
export interface OpenedEvent extends EventLine {
  readonly position: Position;
  readonly revision: number;
  readonly version: number;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly why: Why;
  readonly data: object;
}

/** With the network that it belongs to: who asks compares it with their own (R23). Null where there is no such event. */
export const openEvent = async (
  { log, codec }: Ports,
  eventId: EventId,
): Promise<{ readonly network: string; readonly event: OpenedEvent } | null> => {
  const [stored] = (await log.find?.([eventId])) ?? [];
  if (!stored) return null;
  const { position, revision, version } = stored;
  const event = codec.decode(stored);
  const { network, commandId, correlationId, causationId } = event.meta;
  const place = { position, revision, version, ...lineOf(event), commandId, correlationId, causationId };
  return { network, event: { ...place, why: whyOf(event), data: toldOf(event) } };
};
