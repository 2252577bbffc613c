import type { Decider, Decision, Refusal } from '#kernel/decider';

export interface HistoryStep<State, Command, Event, Why extends Refusal> {
  readonly command: Command;
  readonly before: State;
  readonly decision: Decision<Event, Why>;
  readonly after: State;
}

/** Plays commands one after the other against one stream, as run-decider would, for property tests. */
export const play = <State, Command, Event, Why extends Refusal>(
  { initial, evolve, decide }: Decider<State, Command, Event, Why>,
  commands: readonly Command[],
): readonly HistoryStep<State, Command, Event, Why>[] => {
  let state = initial;
  return commands.map((command) => {
    const before = state;
    const decision = decide(command, before);
    state = decision.kind === 'accepted' ? decision.events.reduce(evolve, before) : before;
    return { command, before, decision, after: state };
  });
};

export const eventsOf = <State, Command, Event, Why extends Refusal>(
  steps: readonly HistoryStep<State, Command, Event, Why>[],
): readonly Event[] => steps.flatMap(({ decision }) => (decision.kind === 'accepted' ? decision.events : []));
