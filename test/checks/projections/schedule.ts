import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import { describeFault, severalOf } from '../runner/schedules';

/** `live`: the runtime under leases; `driven`: the runtime, told to move; `bare`: a follower alone, in small batches. */
export type WorkerKind = 'live' | 'driven' | 'bare';

export interface WorkerPlan {
  readonly kind: WorkerKind;
  /** Of a bare follower. */
  readonly batch: number;
  /** Turns before it comes. */
  readonly after: number;
  /** After a fault it goes on with the follower that it had, which must forget what it remembers. */
  readonly keepsConsumers: boolean;
}

/** Counted by worker, from 1: statements once it has started, or while it starts; commits; items of the log. */
export type FaultMoment = 'statement' | 'start' | 'commit' | 'item';

export type Fault =
  /** The process ends; another takes its place after a while. */
  | { readonly kind: 'crash'; readonly downMs: number; readonly severs: boolean }
  /** Its connection ends; the process lives. */
  | { readonly kind: 'cut'; readonly severs: boolean }
  | { readonly kind: 'stall'; readonly forMs: number }
  /** Of the log. */
  | { readonly kind: 'end' | 'away' }
  | { readonly kind: 'repeat'; readonly events: number };

export interface PlannedFault {
  readonly worker: number;
  readonly on: FaultMoment;
  readonly n: number;
  readonly when: 'before' | 'after';
  readonly fault: Fault;
}

export interface ClockJump {
  readonly turn: number;
  readonly ms: number;
}

export type PoisonKind = 'evolve' | 'keys' | 'unreadable';

/** An operator's act on something parked. */
export interface OperatorAct {
  readonly turn: number;
  readonly kind: 'retry' | 'skip';
}

export interface Poisoning {
  /** Numbers of events, from 1. */
  readonly events: readonly { readonly number: number; readonly kind: PoisonKind }[];
  readonly operations: readonly OperatorAct[];
  /** The turn in which all workers are stopped, and started with a mended fold; null: never. */
  readonly mendedAt: number | null;
}

/** Everything that is drawn for one schedule; the same seed draws the same. */
export interface Schedule {
  readonly seed: number;
  readonly members: number;
  /** Events of each append. */
  readonly appends: readonly number[];
  /** Of them, there before anybody comes. */
  readonly before: number;
  readonly workers: readonly WorkerPlan[];
  readonly faults: readonly PlannedFault[];
  readonly clockJumps: readonly ClockJump[];
  /** No table is there yet: the first worker makes them. */
  readonly fresh: boolean;
  readonly poison: Poisoning | null;
  /** A process is followed, too, and its orders are carried out. */
  readonly processes: boolean;
}

const workerOf = (chance: SeededRandom, n: number): WorkerPlan => ({
  kind: chance.weighed<WorkerKind>([
    [4, 'live'],
    [1, 'driven'],
    [5, 'bare'],
  ]),
  batch: chance.whole(1, 6),
  after: n === 0 ? 0 : chance.whole(0, 60),
  keepsConsumers: chance.yes(0.6),
});

const SECOND = 1000;

const strikeOf = (chance: SeededRandom, workers: number): PlannedFault => {
  const on = chance.weighed<FaultMoment>([
    [5, 'statement'],
    [0.3, 'start'],
    [4, 'commit'],
    [3, 'item'],
  ]);
  const most = { statement: 60, start: 25, commit: 10, item: 30 }[on];
  const ofProcess: readonly (readonly [number, Fault])[] = [
    [3, { kind: 'crash', downMs: chance.whole(1, 2 * SECOND), severs: chance.yes(0.15) }],
    [3, { kind: 'cut', severs: chance.yes(0.15) }],
    [2, { kind: 'stall', forMs: chance.whole(100, 20 * SECOND) }],
  ];
  const ofLog: readonly (readonly [number, Fault])[] = [
    [2, { kind: 'end' }],
    [2, { kind: 'away' }],
    [4, { kind: 'repeat', events: chance.whole(1, 6) }],
    [1, { kind: 'crash', downMs: chance.whole(1, SECOND), severs: false }],
  ];
  return {
    worker: chance.whole(0, workers - 1),
    on,
    n: chance.whole(1, most),
    when: chance.of(['before', 'after']),
    fault: chance.weighed(on === 'item' ? ofLog : ofProcess),
  };
};

/** Of the operator, who is numbered after the workers. */
const cutOf = (chance: SeededRandom, operator: number): PlannedFault => ({
  ...{ worker: operator, on: 'statement', n: chance.whole(1, 30), when: chance.of(['before', 'after']) },
  fault: { kind: 'cut', severs: false },
});

const poisoningOf = (chance: SeededRandom, events: number): Poisoning => ({
  events: severalOf(chance, 1, 4, () => ({
    number: chance.whole(1, events),
    kind: chance.weighed<PoisonKind>([
      [5, 'evolve'],
      [1, 'keys'],
      [1, 'unreadable'],
    ]),
  })),
  operations: severalOf(chance, 0, 4, () => ({ turn: chance.whole(20, 160), kind: chance.of(['retry', 'skip']) })),
  mendedAt: chance.yes(0.5) ? chance.whole(30, 160) : null,
});

/** Where a process is followed each event can be read: of one that cannot, nobody can say in which order its key goes on. */
const poisonedOf = (
  chance: SeededRandom,
  { events, processes }: { events: number; processes: boolean },
): Pick<Schedule, 'poison' | 'processes'> => {
  const poison = chance.yes(0.5) ? poisoningOf(chance, events) : null;
  if (poison === null || !processes) return { poison, processes };
  const readable = poison.events.map((one) => (one.kind === 'unreadable' ? { ...one, kind: 'keys' as const } : one));
  return { processes, poison: { ...poison, events: readable } };
};

export const scheduleOf = (seed: number): Schedule => {
  const chance = seededRandom(seed, 'projections');
  const workers = severalOf(chance, 1, 3, () => 0).map((_, n) => workerOf(chance, n));
  const appends = severalOf(chance, 3, 14, () => chance.whole(1, 4));
  const events = appends.reduce((sum, count) => sum + count, 0);
  return {
    ...{ seed, appends, workers },
    members: chance.whole(1, 5),
    before: chance.yes(0.5) ? chance.whole(0, appends.length) : 0,
    faults: [
      ...severalOf(chance, 1, 5, () => strikeOf(chance, workers.length)),
      ...severalOf(chance, 0, 2, () => cutOf(chance, workers.length)),
    ],
    clockJumps: severalOf(chance, 0, 2, () => ({
      turn: chance.whole(1, 200),
      ms: chance.of([-1, 1]) * chance.whole(SECOND, 7200 * SECOND),
    })),
    fresh: workers[0]?.kind !== 'bare' && chance.yes(0.04),
    ...poisonedOf(chance, { events, processes: seed % 4 === 3 && workers.some(({ kind }) => kind !== 'bare') }),
  };
};

const tellPoison = (poison: Poisoning | null): readonly string[] =>
  poison === null
    ? []
    : [
        ...poison.events.map(({ number, kind }) => `event ${number} poisons ${kind}`),
        ...poison.operations.map(({ turn, kind }) => `${kind} at turn ${turn}`),
        ...(poison.mendedAt === null ? [] : [`mended at turn ${poison.mendedAt}`]),
      ];

/** In one line, for whoever looks for what went wrong. */
export const tellSchedule = ({
  seed,
  members,
  appends,
  before,
  workers,
  faults,
  clockJumps,
  fresh,
  poison,
  processes,
}: Schedule): string => {
  const told = faults.map(({ worker, on, n, when, fault }) => `${describeFault(fault)} ${when} ${on} ${n} of worker ${worker}`);
  const jumped = clockJumps.map(({ turn, ms }) => `clock by ${ms} ms at turn ${turn}`);
  const there = `appends of ${appends.join(', ')} events (${before} of them before) on ${members} members${fresh ? ', without tables' : ''}${processes ? ', and a process' : ''}`;
  const plans = workers.map(({ kind, batch, after }) => `${kind}${kind === 'bare' ? ` by ${batch}` : ''} after ${after}`).join(', ');
  return `seed ${seed}: ${there}; workers: ${plans}; ${[...told, ...jumped, ...tellPoison(poison)].join('; ')}`;
};
