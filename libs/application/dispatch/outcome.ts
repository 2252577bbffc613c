import type { CommandId } from '#kernel/id';
import { LogUnavailable, type Position } from '#event-store/log.port';
import type { Refusal } from './refusals';

/** Done: `position` is the consistency token; of the stream's last event where nothing was written (revision -1: no event at all). */
export interface Done {
  readonly outcome: 'done';
  readonly position: Position;
  readonly revision: number;
  /** This command id was found in the stream: answered as the first time, nothing decided (R22). */
  readonly repeated: boolean;
  readonly eventTypes: readonly string[];
}

export interface Rejected {
  readonly outcome: 'rejected';
  readonly refusal: Refusal;
}

/** The log did not answer: the command may or may not be done. Give it again under the same id. */
export interface Unknown {
  readonly outcome: 'unknown';
  readonly commandId: CommandId;
}

export type Outcome = Done | Rejected | Unknown;

export const rejected = (refusal: Refusal): Rejected => ({ outcome: 'rejected', refusal });

/** For a use case that reads before it gives its command: a log that does not answer leaves it unknown, too. */
export const orUnknown = async <Else = never>(commandId: CommandId, task: () => Promise<Outcome | Else>): Promise<Outcome | Else> => {
  try {
    return await task();
  } catch (fault) {
    if (!(fault instanceof LogUnavailable)) throw fault;
    return { outcome: 'unknown', commandId };
  }
};
