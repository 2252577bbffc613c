import { openInstallation } from '../installation/installation.module';
import { failWith, untilSignal } from '../installation/run-until-signal';
import { readSettings } from '../installation/settings';

/** Projections and processes on their own: `node dist/apps/projector/main.js`, as many as you like. */
const main = async (): Promise<void> => {
  const signalled = untilSignal();
  const installation = await openInstallation(readSettings(process.env));
  try {
    const runtime = await installation.startRuntime();
    process.stderr.write('The projector follows the log\n');
    await signalled;
    await runtime.stop();
  } finally {
    await installation.close();
  }
};

main().catch(failWith);
