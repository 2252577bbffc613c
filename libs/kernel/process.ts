import type { Instant } from './id';
import type { Recorded } from './message';

type AnyEvent = { readonly type: string; readonly data: unknown };

/** A moment that a process waits for, one for each `name` in a row: set again it moves, set to null it goes. */
export interface DueTimes {
  readonly [name: string]: Instant | null;
}

/** A due time that came: judged on the clock that tests control, fired once. */
export interface Due {
  readonly key: string;
  readonly name: string;
  readonly at: Instant;
}

/**
 * A process manager: a projection of its own rows, and one pure `react` that answers an event, or a due time, with commands.
 * Command ids are UUIDv5(event id or due key, process name, index), so a repeat after a crash makes nothing twice.
 */
export interface Process<Event extends AnyEvent, Row, Command> {
  readonly name: string;
  readonly version: number;
  readonly handles: { readonly [Type in Event['type']]: true };
  readonly keys: (event: Recorded<Event>) => readonly string[];
  /** The row after the event, and the due times it sets or clears. */
  readonly evolve: (row: Row | undefined, event: Recorded<Event>, key: string) => { readonly row: Row | null; readonly due?: DueTimes };
  /** The due times that follow one that fired, for what strikes again and again; `now` may be long after it, where nothing ran meanwhile. */
  readonly next?: (row: Row, due: Due, now: Instant) => DueTimes;
  /** The question that a due time brings, for a process that judges more than its own row; read models then stand at the log's head. */
  readonly asks?: (row: Row, due: Due) => unknown;
  /** `row` is the row as evolved by this event (for a due time: as it stands); `answer` is that to `asks`. */
  readonly react: (row: Row, cause: Recorded<Event> | Due, key: string, answer?: unknown) => readonly Command[];
}
