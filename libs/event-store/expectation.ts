import type { ExpectedRevision } from './log.port';

/** The revision before a stream's first event: `none` is then a number like the others. */
export const BEFORE_FIRST = -1;

/** Whether a stream whose last revision is `head` (`BEFORE_FIRST` where it does not exist) is as the writer expects. */
export const holds = (expected: ExpectedRevision, head: number): boolean => {
  switch (expected) {
    case 'any':
      return true;
    case 'exists':
      return head > BEFORE_FIRST;
    case 'none':
      return head === BEFORE_FIRST;
    default:
      return head === expected;
  }
};

export const actualRevision = (head: number): number | 'none' => (head === BEFORE_FIRST ? 'none' : head);
