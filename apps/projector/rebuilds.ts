import { readModels } from '#projections/read-models';
import { finishBuilds } from '#read-store/subscriptions/finish-builds';
import { besideOthers } from '../installation/beside-others';
import { openForRebuilds } from '../installation/open-for-rebuilds';
import { failWith } from '../installation/run-until-signal';
import { readSettings } from '../installation/settings';
import { createLogger } from '../telemetry/logging';

/** Rebuilds read models beside the API or projector that started it (`startRebuilds`), until none is left to rebuild. */
const main = async (signal: AbortSignal): Promise<void> => {
  const settings = readSettings(process.env);
  const { close, ...opened } = await openForRebuilds(settings, (sentence) => void process.stderr.write(`${sentence}\n`));
  try {
    const memoryBytes = settings.projections.memoryMiB * 1024 * 1024;
    await finishBuilds({ ...opened, readModels, memoryBytes, logger: createLogger(settings) }, signal);
  } finally {
    await close();
  }
};

besideOthers(main).then(() => process.exit(0), failWith);
