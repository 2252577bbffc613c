import { setTimeout as pause } from 'node:timers/promises';

/** How the projector stands, by its own metrics. */
interface Projected {
  /** Read models and processes with something parked, and how much. */
  readonly parked: readonly string[];
  /** Nothing waits. A read model that was paused never says so. */
  readonly isCaughtUp: boolean;
}

const LOOKS = 20;
const POLL_INTERVAL_MS = 250;

const valuesOf = (metrics: string, name: string): readonly (readonly [projection: string, value: number])[] =>
  [...metrics.matchAll(new RegExp(`^${name}\\{projection="([^"]+)"\\} (\\d+)`, 'gm'))].map(([, of, value]) => [of!, Number(value)]);

const look = async (url: string): Promise<Projected> => {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const lags = valuesOf(metrics, 'savoirs_projection_lag_events');
  const parked = valuesOf(metrics, 'savoirs_projection_parked').filter(([, count]) => count > 0);
  return {
    parked: parked.map(([name, count]) => `${count} in ${name}`),
    isCaughtUp: lags.length > 0 && lags.every(([, lag]) => lag === 0),
  };
};

/** Once it has caught up, or after some seconds. */
export const projectedOf = async (url: string, signal: AbortSignal): Promise<Projected> => {
  for (let looks = 1; ; looks += 1) {
    const seen = await look(url);
    if (seen.isCaughtUp || looks === LOOKS || signal.aborted) return seen;
    await pause(POLL_INTERVAL_MS);
  }
};
