import { accept, refuse, type Refusal } from '#kernel/decider';
import { sameValue } from './same-value';

/**
 * R22: what is said once more as it was recorded is granted, and nothing is written. Said otherwise it would be dropped: refused.
 * Read from the log a text is a reference: the same text written again cannot be told, and counts as another.
 */
export const saidBefore = <const Why extends Refusal>(recorded: unknown, said: unknown, otherwise: Why) =>
  sameValue(recorded, said) ? accept<never>() : refuse(otherwise);
