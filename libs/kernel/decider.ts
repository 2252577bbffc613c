/** A refusal is a value with a code, never an exception; an exception is a fault. */
export interface Refusal {
  readonly code: string;
}

export type Decision<Event, Why extends Refusal> =
  { readonly kind: 'accepted'; readonly events: readonly Event[] } | { readonly kind: 'refused'; readonly refusal: Why };

/** The command is granted; with no event where the wished state holds already. */
export const accept = <Event>(...events: readonly Event[]): { readonly kind: 'accepted'; readonly events: readonly Event[] } => ({
  kind: 'accepted',
  events,
});

export const refuse = <Why extends Refusal>(refusal: Why): { readonly kind: 'refused'; readonly refusal: Why } => ({
  kind: 'refused',
  refusal,
});

/**
 * One aggregate: `evolve` folds its events and never judges, `decide` judges a command against the folded state.
 * Both are pure: time, ids and policy come in with the command.
 */
export interface Decider<State, Command, Event, Why extends Refusal> {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  readonly decide: (command: Command, state: State) => Decision<Event, Why>;
}
