import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import type { LogFilter } from '#event-store/log.port';
import { describeFault, severalOf } from '../runner/schedules';

/** When a fault strikes: with the nth append that reaches a server, right after the nth commit, and so on; or at a time. */
export interface FaultMoment {
  readonly on: 'append' | 'commit' | 'page' | 'given' | 'time';
  /** Counted from 1; of a time, milliseconds. */
  readonly n: number;
}

export type Fault =
  | {
      readonly kind: 'lose-replies' | 'swallow-appends' | 'not-ready' | 'reset-after-commit' | 'refuse-as-follower';
      readonly times: number;
    }
  | { readonly kind: 'mute-next-subscriptions'; readonly times: number }
  | { readonly kind: 'reset-connections' | 'end-subscriptions' | 'mute-subscriptions' | 'forget-appends' | 'statistics' }
  | { readonly kind: 'hold-appends' | 'slow-pages'; readonly times: number; readonly forMs: number }
  | { readonly kind: 'kill-leader' | 'kill-follower' | 'no-leader' | 'deaf'; readonly forMs: number }
  | { readonly kind: 'lose-quorum'; readonly forMs: number }
  /** Whoever follows comes so many records behind. */
  | { readonly kind: 'change-leader' | 'stale-followers'; readonly staleBy: number };

export interface PlannedFault {
  readonly at: FaultMoment;
  readonly fault: Fault;
}

export type CommandKind = 'decide' | 'remembered' | 'any' | 'new-stream' | 'burst';

export interface WriterCommand {
  readonly kind: CommandKind;
  /** Which of the shared streams. */
  readonly stream: number;
  readonly events: number;
  readonly thinkMs: number;
  /** After no answer: the same append again, or look first. */
  readonly looksFirst: boolean;
}

export interface Subscriber {
  readonly filter: LogFilter | undefined;
  /** Share of the events before it that it has committed already, 0 to 1. */
  readonly from: number;
  readonly commitEvery: number;
  /** Milliseconds that one event in `slowEvery` takes. */
  readonly slowMs: number;
  readonly slowEvery: number;
  /** Events after which it dies and begins again from what it has committed; 0: never. */
  readonly diesEvery: number;
}

export interface Read {
  readonly kind: 'head' | 'all' | 'stream' | 'backwards';
  readonly atMs: number;
  readonly limit: number | undefined;
  readonly stream: number;
  readonly from: number;
}

/** Everything that is drawn for one schedule; the same seed draws the same. */
export interface Schedule {
  readonly seed: number;
  readonly nodes: 1 | 3;
  /** Events that lie in the log before anybody comes. */
  readonly backlog: number;
  /** Records of the server's own, put between them. */
  readonly noise: number;
  readonly streams: number;
  readonly writers: readonly (readonly WriterCommand[])[];
  readonly subscribers: readonly Subscriber[];
  readonly reads: readonly Read[];
  readonly faults: readonly PlannedFault[];
}

export const TYPES = ['Asked', 'Offered', 'Held'] as const;
export const CATEGORIES = ['exchange', 'match'] as const;
/** All faults fall within it, and what lasts ends within it. */
export const HORIZON_MS = 20_000;

const command = (chance: SeededRandom, streams: number): WriterCommand => ({
  kind: chance.weighed<CommandKind>([
    [5, 'decide'],
    [3, 'remembered'],
    [2, 'any'],
    [1, 'new-stream'],
    [1, 'burst'],
  ]),
  stream: chance.whole(0, streams - 1),
  events: chance.weighed([
    [4, 1],
    [2, 2],
    [1, 5],
  ]),
  thinkMs: chance.yes(0.5) ? 0 : chance.whole(1, 800),
  looksFirst: chance.yes(0.5),
});

const filterOf = (chance: SeededRandom): LogFilter =>
  chance.of<LogFilter>([
    { types: [TYPES[0]] },
    { categories: [CATEGORIES[0]] },
    { types: [TYPES[1], TYPES[2]], categories: [CATEGORIES[1]] },
  ]);

const subscriber = (chance: SeededRandom): Subscriber => ({
  filter: chance.yes(0.4) ? undefined : filterOf(chance),
  from: chance.yes(0.5) ? 0 : chance.next(),
  commitEvery: chance.whole(1, 6),
  slowMs: chance.yes(0.5) ? chance.whole(1, 150) : 0,
  slowEvery: chance.whole(1, 20),
  diesEvery: chance.yes(0.4) ? chance.whole(2, 25) : 0,
});

const read = (chance: SeededRandom, streams: number): Read => ({
  kind: chance.of(['head', 'all', 'stream', 'backwards']),
  atMs: chance.whole(0, 3000),
  limit: chance.yes(0.5) ? chance.whole(1, 40) : undefined,
  stream: chance.whole(0, streams - 1),
  from: chance.whole(0, 3),
});

const faultOf = (chance: SeededRandom, nodes: number): Fault => {
  const times = chance.whole(1, 3);
  const forMs = chance.yes(0.15) ? chance.whole(1500, nodes === 1 ? 7000 : 2500) : chance.whole(20, 700);
  const anywhere: readonly (readonly [number, Fault])[] = [
    [3, { kind: 'lose-replies', times }],
    [2, { kind: 'swallow-appends', times }],
    [1, { kind: 'not-ready', times }],
    [3, { kind: 'reset-after-commit', times }],
    [3, { kind: 'reset-connections' }],
    [3, { kind: 'end-subscriptions' }],
    [2, { kind: 'mute-subscriptions' }],
    [2, { kind: 'mute-next-subscriptions', times: 1 }],
    [2, { kind: 'hold-appends', times, forMs }],
    [2, { kind: 'slow-pages', times, forMs }],
    [1, { kind: 'deaf', forMs }],
    [2, { kind: 'forget-appends' }],
    [1, { kind: 'statistics' }],
    [1, { kind: 'no-leader', forMs: nodes === 1 && chance.yes(0.4) ? chance.whole(11_000, 13_000) : forMs }],
    [2, { kind: 'kill-leader', forMs }],
  ];
  const among: readonly (readonly [number, Fault])[] = [
    [3, { kind: 'change-leader', staleBy: chance.whole(0, 4) }],
    [3, { kind: 'kill-leader', forMs }],
    [1, { kind: 'kill-follower', forMs }],
    // longer than the client looks for a node
    [1, { kind: 'lose-quorum', forMs: forMs + 1500 }],
    [2, { kind: 'stale-followers', staleBy: chance.whole(1, 5) }],
    [1, { kind: 'refuse-as-follower', times }],
  ];
  return chance.weighed(nodes === 1 ? anywhere : [...anywhere, ...among]);
};

const momentOf = (chance: SeededRandom): FaultMoment => {
  const on = chance.weighed<FaultMoment['on']>([
    [4, 'append'],
    [4, 'commit'],
    [2, 'page'],
    [3, 'given'],
    [4, 'time'],
  ]);
  return { on, n: on === 'time' ? chance.whole(0, 3000) : chance.whole(1, on === 'page' ? 8 : 25) };
};

export const scheduleOf = (seed: number): Schedule => {
  const chance = seededRandom(seed, 'failover');
  const nodes = chance.yes(0.6) ? 1 : 3;
  const streams = chance.whole(1, 3);
  const noise = chance.yes(0.04) ? chance.whole(2000, 3000) : 0;
  return {
    ...{ seed, nodes, streams, noise },
    backlog: noise > 0 || chance.yes(0.25) ? chance.whole(20, 120) : 0,
    writers: severalOf(chance, 2, 4, () => severalOf(chance, 2, 4, () => command(chance, streams))),
    subscribers: severalOf(chance, 1, chance.yes(0.5) ? 1 : 3, () => subscriber(chance)),
    reads: severalOf(chance, 0, 3, () => read(chance, streams)),
    faults: severalOf(chance, 1, 4, () => ({ at: momentOf(chance), fault: faultOf(chance, nodes) })),
  };
};

/** In one line, for whoever looks for what went wrong. */
export const tellSchedule = ({ seed, nodes, backlog, noise, writers, subscribers, faults }: Schedule): string => {
  const told = faults.map(({ at, fault }) => `${describeFault(fault)} at ${at.on} ${at.n}`);
  const before = `${backlog} events and ${noise} records before`;
  return `seed ${seed}: ${nodes} node(s), ${before}, ${writers.length} writers, ${subscribers.length} subscribers; ${told.join('; ')}`;
};
