import type { Instant } from '#kernel/id';
import type { NetworkId } from '#domain/ids';
import type { Role } from '#domain/vocabulary';
import { countOf } from './world-model';
import { instantAt } from '#kernel/instant';
import { STAFF } from './people';
import type { Simulation } from './simulation';

/** Somebody to sign in as: made up, like everybody here. */
export interface DemoIdentity {
  readonly subject: string;
  readonly roles: readonly Exclude<Role, 'system'>[];
  readonly name: string | null;
}

export interface DemoSummary {
  readonly networkId: NetworkId;
  readonly seed: number;
  readonly from: Instant;
  readonly until: Instant;
  readonly members: number;
  readonly offersAndRequests: number;
  readonly matches: number;
  readonly exchangesHeld: number;
  readonly evaluations: number;
  readonly events: number;
  readonly seconds: number;
  /** Interrupted before its end. */
  readonly stopped: boolean;
  readonly identities: readonly DemoIdentity[];
  /** How many events of each type. */
  readonly counts: Readonly<Record<string, number>>;
  /** People's commands that were refused, by use case and code: some come too late, as in life. */
  readonly refused: Readonly<Record<string, number>>;
  /** Orders of processes that were rejected, by process and code. */
  readonly rejectedCommands: Readonly<Record<string, number>>;
}

interface Played {
  readonly simulation: Simulation;
  readonly networkId: NetworkId;
  readonly seconds: number;
  readonly stopped: boolean;
  readonly refused: ReadonlyMap<string, number>;
  readonly rejectedCommands: ReadonlyMap<string, number>;
}

const sorted = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));

/** One identity a role, then a mediator and a few members. */
const identitiesOf = ({ world, people }: Simulation): readonly DemoIdentity[] => {
  const enrolled = [...world.members.values()].filter(({ status }) => status === 'enrolled').map(({ memberId }) => memberId);
  const named = (ids: readonly (typeof enrolled)[number][]): readonly DemoIdentity[] =>
    ids.flatMap((id) => {
      const person = people.get(id);
      return person ? [{ subject: person.subject, roles: ['member'] as const, name: person.name }] : [];
    });
  const isMediator = (id: (typeof enrolled)[number]): boolean => world.mediators.has(id);
  return [
    ...Object.values(STAFF).map(([subject, role]) => ({ subject, roles: [role], name: null })),
    ...named(enrolled.filter(isMediator).slice(0, 1)),
    ...named(enrolled.filter((id) => !isMediator(id)).slice(0, 5)),
  ];
};

export const summaryOf = ({ simulation, networkId, seconds, stopped, refused, rejectedCommands }: Played): DemoSummary => ({
  networkId,
  seed: simulation.seed,
  from: instantAt(simulation.fromMs),
  until: instantAt(simulation.untilMs),
  members: countOf(simulation.world, 'MemberEnrolled'),
  offersAndRequests: countOf(simulation.world, 'OfferPublished', 'RequestPublished'),
  matches: countOf(simulation.world, 'MatchProposed'),
  exchangesHeld: countOf(simulation.world, 'ExchangeHeld'),
  evaluations: countOf(simulation.world, 'EvaluationSubmitted'),
  events: [...simulation.world.counts.values()].reduce((sum, count) => sum + count, 0),
  seconds,
  stopped,
  identities: identitiesOf(simulation),
  counts: sorted(simulation.world.counts),
  refused: sorted(refused),
  rejectedCommands: sorted(rejectedCommands),
});
