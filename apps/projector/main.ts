import { createLogger } from '../telemetry/logging';
import { createMetrics } from '../telemetry/metrics';
import { listen } from '../installation/listening';
import type { Running } from '../telemetry/health.controller';
import { openInstallation } from '../installation/installation';
import { failWith, untilSignal } from '../installation/run-until-signal';
import { readSettings } from '../installation/settings';
import { createProbes } from './probes.module';

/** Projections and processes on their own: `node dist/apps/projector/main.js`, as many as you like. */
const main = async (): Promise<void> => {
  const signalled = untilSignal();
  const settings = readSettings(process.env);
  const installation = await openInstallation(settings);
  try {
    const metrics = createMetrics(() => runtime, installation.subscriptions);
    const onRejected = (process: string, code: string): void => metrics.rejectedCommands.inc({ process, code });
    const runtime = await installation.startRuntime({ onRejected, logger: createLogger(settings) });
    const running: Running = { installation, runtime };
    const probes = await createProbes(running, metrics);
    try {
      const { probesPort: port, http } = settings;
      const at = port === null ? '' : `: ${await listen(probes, { port, host: http.host, variable: 'SAVOIRS_PROJECTOR_PORT' })}`;
      process.stderr.write(`The projector follows the log${at}\n`);
      await signalled;
      running.stopping = true;
    } finally {
      await runtime.stop();
      await probes.close();
    }
  } finally {
    await installation.close();
  }
};

main().catch(failWith);
