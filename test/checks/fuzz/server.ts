/** The real API, with its projector, in a process of its own, which also tells of its memory, of its stalls and of its faults when asked. */
import type { DestinationStream } from 'pino';
import { openInstallation } from '#apps/installation/installation';
import { failWith, untilSignal } from '#apps/installation/run-until-signal';
import { readSettings } from '#apps/installation/settings';
import { serve } from '#apps/api/serve';
import { plantInServer } from './bugs-in-server';
import type { Seen } from './world';
import { watchStalls } from './stall-watch';

/** A position beyond the log's head is not there yet after so long, too. */
const WAIT_MS = 100;
const STALL_MS = 250;
const MOST_FAULTS = 20;

/** What lives, after everything else is collected. */
const memory = (): number => {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** What the API logs of faults: names and places, nothing that was sent. */
const hearFaults = (heard: string[]): DestinationStream => ({
  write: (line) => void (heard.length < MOST_FAULTS && heard.push(line.trim())),
});

const main = async (): Promise<void> => {
  const signalled = untilSignal();
  const installation = await openInstallation(readSettings(process.env));
  const faults: string[] = [];
  plantInServer(process.env['FUZZ_BUG']);
  try {
    const { url, stop } = await serve(installation, { waitMs: WAIT_MS, logTo: hearFaults(faults) });
    const stalls = watchStalls(STALL_MS);
    process.on('message', () => {
      const seen = { stalls: stalls(), faults: faults.splice(0), memory: memory() } satisfies Seen;
      // that everything was collected at once, for the figure, is no stall of the product
      stalls();
      process.send?.(seen);
    });
    process.send?.({ url });
    await signalled;
    await stop();
  } finally {
    await installation.close();
  }
};

main().then(() => process.exit(0), failWith);
