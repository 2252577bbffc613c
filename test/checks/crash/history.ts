import type { Recorded } from '#kernel/message';
import type { SavoirsEvent } from '#domain/catalogue';
import { eventIdOf } from '#application/dispatch/derived-ids';
import { START, type Position, type StoredEvent } from '#event-store/log.port';
import type { Installation } from '#apps/installation/installation';

/** One event, and where it lies. */
export interface LoggedEvent {
  readonly stored: StoredEvent;
  readonly event: Recorded<SavoirsEvent>;
}

/** The whole log, and what each command wrote in it. */
export interface History {
  readonly lines: readonly LoggedEvent[];
  readonly byCommand: ReadonlyMap<string, readonly LoggedEvent[]>;
}

export const readHistory = async ({ log, codec }: Installation): Promise<History> => {
  const lines: LoggedEvent[] = [];
  const byCommand = new Map<string, LoggedEvent[]>();
  for await (const stored of log.readAll({ after: START })) {
    const line: LoggedEvent = { stored, event: codec.decode(stored) };
    lines.push(line);
    const { commandId } = line.event.meta;
    const same = byCommand.get(commandId);
    if (same) same.push(line);
    else byCommand.set(commandId, [line]);
  }
  return { lines, byCommand };
};

/** What cannot be in any log: an event twice, a hole in a stream, a position twice. */
export const brokenOrder = ({ lines }: History): readonly string[] => {
  const ids = new Set<string>();
  const revisions = new Map<string, number>();
  let last: Position = START;
  return lines.flatMap(({ stored }) => {
    const { eventId, position, stream, revision } = stored;
    const wrong = [
      ...(ids.has(eventId) ? [`event ${eventId} is there twice`] : []),
      ...(position <= last ? [`position ${position} comes after ${last}`] : []),
      ...(revision !== (revisions.get(stream) ?? -1) + 1 ? [`${stream} goes from ${revisions.get(stream) ?? -1} to ${revision}`] : []),
    ];
    ids.add(eventId);
    revisions.set(stream, revision);
    last = position;
    return wrong;
  });
};

/** One decision: one stream, revisions in a row, event ids made from the command's. */
export const decidedTwice = ({ byCommand }: History): readonly string[] =>
  [...byCommand].flatMap(([commandId, lines]) => {
    const first = lines[0]!.stored;
    const once = lines.every(
      ({ stored }, index) =>
        stored.stream === first.stream &&
        stored.revision === first.revision + index &&
        stored.eventId === eventIdOf(commandId as never, index),
    );
    return once
      ? []
      : [`command ${commandId} has ${lines.length} events that are not one decision: ${lines.map(({ event }) => event.type).join(', ')}`];
  });
