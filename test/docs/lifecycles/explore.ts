import type { DomainActor } from '#domain/vocabulary';
import type { Decider, Refusal } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import { now } from '#testing/commands';
import { networkFacts } from '#testing/network-facts';

type Named = { readonly type: string; readonly data: unknown };

/** One way to give a command; `at` where the moment matters. */
export interface CommandInput<Data> {
  readonly data: Data;
  readonly by: DomainActor;
  readonly at?: Instant;
}

/** For each command the ways to give it in a state, rightly or wrongly: a command without one does not compile. */
export type CommandInputs<Command extends Named, State> = {
  readonly [Type in Command['type']]: (state: State) => readonly CommandInput<DataOf<Command, Type>>[];
};

/** One event that was accepted, and the statuses before and after it. */
export interface Transition {
  readonly from: string;
  readonly event: string;
  readonly to: string;
}

export interface Explored {
  readonly steps: readonly Transition[];
  /** Commands of which none was ever accepted with an event. */
  readonly unheard: readonly string[];
}

/** So many states are enough for each aggregate: with twice as many nothing is added (the spec says so). */
export const STATES = 600;

/**
 * Gives every command in every state that the former ones lead to, breadth first, and keeps what the decider accepts:
 * `evolve` alone would go anywhere, as it never judges.
 */
export const explore = <State extends { readonly status: string }, Command extends Named, Event extends Named, Why extends Refusal>(
  { initial, decide, evolve }: Decider<State, Command, Event, Why>,
  inputs: CommandInputs<Command, State>,
  most = STATES,
): Explored => {
  const network = networkFacts();
  const found = new Map<string, Transition>();
  const unheard = new Set(Object.keys(inputs));
  const states = [initial];
  const known = new Set([JSON.stringify(initial)]);
  const told = (before: State, event: Event): State => {
    const after = evolve(before, event);
    const step = { from: before.status, event: event.type, to: after.status };
    found.set(`${step.from} ${step.event} ${step.to}`, step);
    return after;
  };
  for (const state of states) {
    for (const [type, ways] of Object.entries(inputs) as [string, (state: State) => readonly CommandInput<unknown>[]][]) {
      for (const { data, by, at = now } of ways(state)) {
        // The record of ways ties each type to its data.
        const decision = decide({ type, data, by, at, network } as unknown as Command, state);
        if (decision.kind === 'refused' || decision.events.length === 0) continue;
        unheard.delete(type);
        const after = decision.events.reduce(told, state);
        const text = JSON.stringify(after);
        if (known.size < most && !known.has(text)) states.push(after);
        if (known.size < most) known.add(text);
      }
    }
  }
  return { steps: [...found.values()], unheard: [...unheard] };
};
