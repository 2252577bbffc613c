import { once } from 'node:events';
import { onDatabase, startProjector } from './rebuild-all';

/** A projector in a process of its own, `node rebuild-process.js DATABASE_URL`: it tells when it follows, rebuilds when told to, and ends. */
const url = process.argv[2] ?? '';

void onDatabase(url, async (subject) => {
  const projector = await startProjector(subject, url);
  process.send?.('following');
  await once(process, 'message');
  await projector.rebuild();
  await projector.stop();
  process.disconnect?.();
});
