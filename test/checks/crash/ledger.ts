import type { CommandId } from '#kernel/id';
import { idFrom } from '#application/dispatch/derived-ids';

/** One command that somebody gave, and what they were told in the end. */
export interface AnsweredCommand {
  readonly subject: string;
  readonly method: string;
  /** Of the URL. */
  readonly path: string;
  readonly key: string;
  readonly outcome: 'done' | 'refused';
  /** Where it was said to be done. */
  readonly position: string | null;
  /** Asked for what may hold already: then it is done without an event. */
  readonly mayDoNothing: boolean;
}

/** What the people of a run gave, whoever killed what meanwhile. */
export interface Ledger {
  readonly given: AnsweredCommand[];
  /** Answers that never came, or that said: ask again. */
  retries: number;
}

export const newLedger = (): Ledger => ({ given: [], retries: 0 });

/** As docs say it: the same key of the same person on the same route is the same command (R22). */
export const commandIdOf = (memberId: string, { method, path, key }: Pick<AnsweredCommand, 'method' | 'path' | 'key'>): CommandId =>
  idFrom<CommandId>(`${memberId} ${method} ${path}`, `idempotency-key ${key}`);
