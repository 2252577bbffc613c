export const FOR_WHOM = ['everybody', 'facilitator', 'people', 'mediator', 'network-lead'] as const;
export type ForWhom = (typeof FOR_WHOM)[number];

/** What of the queue is looked at; in the address, so that it can be sent to somebody. */
export interface QueueSearch {
  readonly whom?: ForWhom;
  readonly why?: string;
  readonly text?: string;
  readonly overdue?: boolean;
}

export const queueSearch = ({ whom, why, text, overdue }: Record<string, unknown>): QueueSearch => {
  const known = FOR_WHOM.find((one) => one === whom);
  return {
    ...(known ? { whom: known } : {}),
    ...(typeof why === 'string' && why !== '' ? { why } : {}),
    ...(typeof text === 'string' && text !== '' ? { text } : {}),
    ...(overdue === true ? { overdue } : {}),
  };
};

export interface ProposeSearch {
  readonly text?: string;
}

export const proposeSearch = ({ text }: Record<string, unknown>): ProposeSearch =>
  typeof text === 'string' && text !== '' ? { text } : {};
