import { everySaying } from '#domain/sayings.fixture';
import { deciders, streamOf } from '#domain/deciders';
import type { SavoirsCommand, SentCommand } from '#domain/catalogue';
import type { Decider, Refusal } from '#kernel/decider';
import { explore, STATES } from './explore';
import { lifecycles, lifecycleText, stepsOf } from './lifecycles';
import { offerInputs } from './offer.inputs';

type AnyDecider = Decider<{ readonly status: string }, SavoirsCommand, { readonly type: string; readonly data: unknown }, Refusal>;
type Name = keyof typeof lifecycles;
const names = Object.keys(lifecycles) as readonly Name[];

const textOf = ({ from, event, to }: { from: string; event: string; to: string }): string => `${from} ${event} ${to}`;

/** What the commands of another list lead to, from the histories that it gives. */
const saidElsewhere = (name: Name): readonly string[] => {
  // The category ties state, command and event together.
  const { initial, decide, evolve } = deciders[name] as unknown as AnyDecider;
  const own = everySaying.map(([, saying]) => saying).filter(({ first }) => streamOf(first as SentCommand).startsWith(`${name}-`));
  return own.flatMap(({ first, given }) => {
    let state = given.reduce(evolve, initial);
    const decision = decide(first, state);
    const events = decision.kind === 'accepted' ? decision.events : [];
    return events.map((event) => {
      const from = state.status;
      state = evolve(state, event);
      return textOf({ from, event: event.type, to: state.status });
    });
  });
};

describe('the state machines', () => {
  it.each(names)('%s: have every step that commands of another list lead to', (name) => {
    const drawn = new Set(stepsOf(name, lifecycles[name]).map(textOf));
    const said = saidElsewhere(name);
    expect(said.length).toBeGreaterThan(5);
    expect(said.filter((step) => !drawn.has(step))).toEqual([]);
  });

  it.each(names)('%s: have no other step where four times as many states are looked at', (name) => {
    const { explored } = lifecycles[name];
    expect(
      explored(4 * STATES)
        .steps.map(textOf)
        .sort(),
    ).toEqual(explored(STATES).steps.map(textOf).sort());
  });

  it('hold what deciders accept, not what `evolve` would take: a withdrawn offer is not published again (R6)', () => {
    const text = lifecycleText('offer');
    expect(text).toContain('  review_due --> published: OfferConfirmed\n');
    expect(text).toContain('  withdrawn --> [*]\n');
    expect(text).not.toMatch(/withdrawn --> (?!\[\*\])/);
    expect(text).toContain('| `OfferContested` | paused, published, review-due |');
  });

  it('are refused where an event is never met', () => {
    const { events } = lifecycles.offer;
    const explored = () => explore(deciders.offer, { ...offerInputs, PauseOffer: () => [] });
    expect(() => stepsOf('offer', { explored, events })).toThrow(
      'offer: nothing leads to OfferPaused, OfferResumed, PauseOffer, ResumeOffer',
    );
  });
});
