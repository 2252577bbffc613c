/** The real API, with its projector, in a process of its own, which also tells of its memory, of its stalls and of its faults when asked. */
import type { DestinationStream } from 'pino';
import { serve } from '#apps/api/serve';
import { livingBytes, serveInstallation } from '../runner/serve-installation';
import type { ServerHealth } from './harness';
import { plantInServer } from './mutants';
import { watchStalls } from './stall-watch';

/** A position beyond the log's head is not there yet after so long, too. */
const WAIT_MS = 100;
const STALL_MS = 250;
const MOST_FAULTS = 20;

/** What the API logs of faults: names and places, nothing that was sent. */
const hearFaults = (heard: string[]): DestinationStream => ({
  write: (line) => void (heard.length < MOST_FAULTS && heard.push(line.trim())),
});

serveInstallation(async (installation) => {
  const faults: string[] = [];
  plantInServer(process.env['FUZZ_BUG']);
  const served = await serve(installation, { waitMs: WAIT_MS, logTo: hearFaults(faults) });
  const stalls = watchStalls(STALL_MS);
  return {
    ...served,
    answer: () => {
      const health = { stalls: stalls(), faults: faults.splice(0), memory: livingBytes() } satisfies ServerHealth;
      // that everything was collected at once, for the figure, is no stall of the product
      stalls();
      return health;
    },
  };
});
