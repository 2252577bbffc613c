import { onDatabase, rebuildAll } from './rebuild-all';

/** A rebuild in a process of its own, as beside a projector: `node rebuild-process.js DATABASE_URL`. */
void onDatabase(process.argv[2] ?? '', (subject) => rebuildAll(subject));
