/** The real API in a process of its own, which also tells its memory when asked. */
import { openInstallation } from '#apps/installation/installation';
import { failWith, untilSignal } from '#apps/installation/run-until-signal';
import { readSettings } from '#apps/installation/settings';
import { serve } from '#apps/api/serve';
import { plantInServer } from './bugs-in-server';

/** What lives, after everything else is collected. */
const memory = (): number => {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const main = async (): Promise<void> => {
  const signalled = untilSignal();
  const installation = plantInServer(await openInstallation(readSettings(process.env)), process.env['FEEDS_BUG']);
  try {
    const { url, stop } = await serve(installation);
    process.on('message', () => process.send?.({ memory: memory() }));
    process.send?.({ url });
    await signalled;
    await stop();
  } finally {
    await installation.close();
  }
};

main().then(() => process.exit(0), failWith);
