import type { Installation } from '../installation/installation';
import { readSettings } from '../installation/settings';

/** Opens what the environment names, and gives it back whatever happens. All that it takes is loaded now: help and bad usage need none of it. */
export const withInstallation = async <T>(work: (installation: Installation) => Promise<T>): Promise<T> => {
  const settings = readSettings(process.env);
  const { openInstallation } = await import('#apps/installation/installation');
  const installation = await openInstallation(settings);
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
};
