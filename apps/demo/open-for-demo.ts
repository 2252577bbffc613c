import { openInstallation, type Installation, type OpenOptions } from '../installation/installation';
import type { Settings } from '../installation/settings';
import { demoClock } from './demo-clock';
import { playDemo, type DemoOptions, type DemoProgress, type DemoSummary } from './play-demo';

/** An installation on which a known history can be played: its clock is set, and nobody else holds a key. */
export const openForDemo = (
  settings: Settings,
  options: Omit<OpenOptions, 'clock' | 'cacheMs' | 'onlyWriter'> = {},
): Promise<Installation> => openInstallation(settings, { ...options, clock: demoClock(), cacheMs: 0, onlyWriter: true });

/** Opens, plays, closes. */
export const playDemoOn = async (
  settings: Settings,
  options: DemoOptions,
  onProgress?: (progress: DemoProgress) => void,
): Promise<DemoSummary> => {
  const installation = await openForDemo(settings);
  try {
    return await playDemo(installation, options, onProgress);
  } finally {
    await installation.close();
  }
};
