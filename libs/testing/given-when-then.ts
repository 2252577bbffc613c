import type { Decider, Decision, Refusal } from '#kernel/decider';

/** What came of a command; each `then` is one expectation. */
export interface Outcome<State, Event, Why extends Refusal> {
  readonly decision: Decision<Event, Why>;
  /** The state after the decided events. */
  readonly state: State;
  then(...events: readonly Event[]): void;
  /** Granted, and nothing left to do (R22). */
  thenNothing(): void;
  /** Refused with this code; `details` are the refusal's other fields, where the test cares. */
  thenRefused(code: Why['code'], details?: Partial<Why>): void;
}

export interface Grammar<State, Command, Event, Why extends Refusal> {
  given(...events: readonly Event[]): { when(command: Command): Outcome<State, Event, Why> };
}

export const foldOf = <State, Command, Event, Why extends Refusal>(
  { initial, evolve }: Decider<State, Command, Event, Why>,
  events: readonly Event[],
): State => events.reduce(evolve, initial);

/** `const exchange = specifying(exchangeDecider); exchange.given(agreed()).when(confirmHeld(bo)).then(heldConfirmed(bo));` */
export const specifying = <State, Command, Event, Why extends Refusal>(
  decider: Decider<State, Command, Event, Why>,
): Grammar<State, Command, Event, Why> => ({
  given: (...events) => ({
    when: (command) => {
      const before = foldOf(decider, events);
      const decision = decider.decide(command, before);
      const decided = decision.kind === 'accepted' ? decision.events : [];
      return {
        decision,
        state: decided.reduce(decider.evolve, before),
        then: (...expected) => expect(decision).toEqual({ kind: 'accepted', events: expected }),
        thenNothing: () => expect(decision).toEqual({ kind: 'accepted', events: [] }),
        thenRefused: (code, details = {}) => expect(decision).toMatchObject({ kind: 'refused', refusal: { ...details, code } }),
      };
    },
  }),
});
