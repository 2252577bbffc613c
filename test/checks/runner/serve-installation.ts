import { failWith, untilSignal } from '#apps/installation/run-until-signal';
import { openInstallation, type Installation } from '#apps/installation/installation';
import { readSettings } from '#apps/installation/settings';

/** What lives in this process, after everything else is collected. */
export const livingBytes = (): number => {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** What is served on an installation, until a signal comes. */
export interface Served {
  readonly url: string;
  /** To whatever the check asks. */
  readonly answer?: () => object;
  readonly stop: () => Promise<unknown>;
}

/** A program of a check (`startProgram`) that serves on the installation of its settings. */
export const serveInstallation = (serve: (installation: Installation) => Promise<Served>): void => {
  const main = async (): Promise<void> => {
    const signalled = untilSignal();
    const installation = await openInstallation(readSettings(process.env));
    try {
      const { url, answer, stop } = await serve(installation);
      process.on('message', () => process.send?.(answer?.() ?? {}));
      process.send?.({ url });
      await signalled;
      await stop();
    } finally {
      await installation.close();
    }
  };
  main().then(() => process.exit(0), failWith);
};
