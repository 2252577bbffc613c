import { openInstallation, type Installation } from '../installation/installation';
import { readSettings } from '../installation/settings';

/** Opens what the environment names, and gives it back whatever happens. */
export const withInstallation = async <T>(work: (installation: Installation) => Promise<T>): Promise<T> => {
  const installation = await openInstallation(readSettings(process.env));
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
};
