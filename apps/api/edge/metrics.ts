import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Runtime } from '#read-store/runtime';

export const METRICS = Symbol('Metrics');

/** Names and routes only: no id, no address, nothing of a person. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly rejectedOrders: Counter<'process' | 'code'>;
}

export const createMetrics = (runtime: () => Runtime | null): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const lag = new Gauge({
    name: 'savoirs_projection_lag_seconds',
    help: 'Since the first event after its position was recorded; 0 at the head',
    labelNames: ['projection'],
    registers: [registry],
    collect: async () => {
      for (const { name, lagMs } of (await runtime()?.status()) ?? []) lag.set({ projection: name }, lagMs / 1000);
    },
  });
  return {
    registry,
    requests: new Histogram({
      name: 'savoirs_http_request_seconds',
      help: 'Time to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers: [registry],
    }),
    rejectedOrders: new Counter({
      name: 'savoirs_process_orders_rejected_total',
      help: 'Commands of processes that a rule refused',
      labelNames: ['process', 'code'],
      registers: [registry],
    }),
  };
};
