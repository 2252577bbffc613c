import type { HeldExchange } from '../view/view';

/** g and r: how often someone gave and received. An indicator's raw material, never compared or shown by person (R4). */
export interface Tally {
  readonly given: readonly HeldExchange[];
  readonly received: readonly HeldExchange[];
}

const NONE: Tally = { given: [], received: [] };

/** A group is one exchange, +1 g for each giver and +1 r for each learner who was there. */
export const tallyOf = (exchanges: readonly HeldExchange[]): ((memberId: string) => Tally) => {
  const given = new Map<string, HeldExchange[]>();
  const received = new Map<string, HeldExchange[]>();
  const add = (side: Map<string, HeldExchange[]>, member: string, exchange: HeldExchange): void => {
    const list = side.get(member);
    if (list === undefined) side.set(member, [exchange]);
    else list.push(exchange);
  };
  for (const exchange of exchanges) {
    exchange.givers.forEach((member) => add(given, member, exchange));
    exchange.learners.forEach((member) => add(received, member, exchange));
  }
  return (member) =>
    given.has(member) || received.has(member) ? { given: given.get(member) ?? [], received: received.get(member) ?? [] } : NONE;
};

export const takesPart = ({ given, received }: Tally): boolean => given.length + received.length > 0;
