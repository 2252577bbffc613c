import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { InstallationRuntime } from '../installation/installation';
import type { Subscriptions, SubscriptionState } from '../installation/subscriptions';
import { inTime } from './with-timeout';

export const METRICS = Symbol('Metrics');

/** Names and routes only: no id, no address, nothing of a person. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly rejectedCommands: Counter<'process' | 'code'>;
  readonly openFeeds: Gauge<'feed'>;
  readonly endedFeeds: Counter<'feed' | 'reason'>;
}

const STATES: readonly SubscriptionState[] = ['catching-up', 'live', 'dropped', 'stopped'];

/** Only for a log that can lose a subscription. */
const addSubscriptions = (registry: Registry, { now, totals }: Subscriptions): void => {
  const registers = [registry];
  const states = new Gauge({
    name: 'savoirs_log_subscriptions',
    help: 'Subscriptions to the log by state; stopped: that ended since the start',
    labelNames: ['state'],
    registers,
    collect: () => {
      for (const one of STATES)
        states.set({ state: one }, one === 'stopped' ? totals().stopped : now().filter(({ state }) => state === one).length);
    },
  });
  const down = new Gauge({
    name: 'savoirs_log_subscription_down_seconds',
    help: 'Since the subscription that is away longest dropped; 0 while none is away',
    registers,
    collect: (): void => down.set(Math.max(0, ...now().map(({ downSeconds }) => downSeconds))),
  });
  const drops = new Counter({
    name: 'savoirs_log_subscription_drops_total',
    help: 'How often a subscription ended by itself, or was given up by the watchdog',
    registers,
    collect: () => {
      drops.reset();
      drops.inc(totals().drops);
    },
  });
};

/** Of what serves: how far behind, whether it stands still, what it lacks. Of other builds: how many there are. */
const addProjections = (registry: Registry, runtime: () => InstallationRuntime | null): void => {
  let underWay: Promise<void> | null = null;
  // One look for all of them: each is read as soon as its own `collect` is over.
  const collect = (): Promise<void> => (underWay ??= look().finally(() => (underWay = null)));
  const common = { registers: [registry], labelNames: ['projection'] as const, collect };
  const lag = new Gauge({
    name: 'savoirs_projection_lag_seconds',
    help: 'Since the first event after its position that concerns it was recorded; 0 where none waits',
    ...common,
  });
  const events = new Gauge({
    name: 'savoirs_projection_lag_events',
    help: 'Events after its position that concern it, counted up to 1,000',
    ...common,
  });
  const stuck = new Gauge({ name: 'savoirs_projection_stuck', help: '1: events wait, and it has not moved for half a minute', ...common });
  const parked = new Gauge({
    name: 'savoirs_projection_parked',
    help: 'Events, and due times of a process, that wait behind a fault, for an operator',
    ...common,
  });
  const builds = new Gauge({
    name: 'savoirs_projection_builds',
    help: 'Builds of a read model by state',
    ...{ ...common, labelNames: ['projection', 'state'] as const },
  });
  const look = async (): Promise<void> => {
    const following = runtime();
    const status = following ? await inTime(following.status()) : [];
    for (const gauge of [lag, events, stuck, parked, builds]) gauge.reset(); // nobody knows: better none than the last one known
    for (const { name, serves, lagMs, lagEvents, pace, parked: waiting } of status ?? []) {
      builds.inc({ projection: name, state: serves });
      if (serves !== 'active') continue;
      lag.set({ projection: name }, lagMs / 1000);
      events.set({ projection: name }, lagEvents);
      stuck.set({ projection: name }, pace === 'stuck' ? 1 : 0);
      parked.set({ projection: name }, waiting);
    }
  };
};

/** Of the process that lets the tree grow: elsewhere there are none. */
const addTree = (registry: Registry, runtime: () => InstallationRuntime | null): void => {
  const gauge = (name: string, help: string, of: 'size' | 'signed'): Gauge => {
    const one: Gauge = new Gauge({
      ...{ name, help, registers: [registry] },
      collect: () => {
        const state = runtime()?.tree?.state();
        if (state) one.set(state[of]);
        else one.remove();
      },
    });
    return one;
  };
  gauge('savoirs_audit_tree_events', 'Events of the log that are in its tree', 'size');
  gauge('savoirs_audit_signed_events', 'Events of the log up to the last checkpoint that was signed', 'signed');
};

export const createMetrics = (runtime: () => InstallationRuntime | null, subscriptions: Subscriptions | null = null): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  if (subscriptions) addSubscriptions(registry, subscriptions);
  addProjections(registry, runtime);
  addTree(registry, runtime);
  return {
    registry,
    requests: new Histogram({
      name: 'savoirs_http_request_seconds',
      help: 'Time to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers: [registry],
    }),
    rejectedCommands: new Counter({
      name: 'savoirs_process_commands_rejected_total',
      help: 'Commands of processes that a rule refused',
      labelNames: ['process', 'code'],
      registers: [registry],
    }),
    openFeeds: new Gauge({
      name: 'savoirs_feeds_open',
      help: 'Live feeds that are open in this process',
      labelNames: ['feed'],
      registers: [registry],
    }),
    endedFeeds: new Counter({
      name: 'savoirs_feeds_ended_total',
      help: 'Live feeds that ended, by reason; slow: cut, as the client did not read',
      labelNames: ['feed', 'reason'],
      registers: [registry],
    }),
  };
};
