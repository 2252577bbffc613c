import { openInstallation } from '../installation/installation';
import { failWith, untilSignal } from '../installation/run-until-signal';
import { readSettings } from '../installation/settings';
import { serve } from './serve';

/** The API as a service: `node dist/apps/api/main.js`. */
const main = async (): Promise<void> => {
  // from the first moment on: whoever is stopped while starting stops cleanly, too
  const signalled = untilSignal();
  const installation = await openInstallation(readSettings(process.env));
  try {
    const { url, stop } = await serve(installation);
    process.stderr.write(`Savoirs listens on ${url}\n`);
    await signalled;
    await stop();
  } finally {
    await installation.close();
  }
};

main().catch(failWith);
