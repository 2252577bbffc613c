import { besideOthers } from '#apps/installation/beside-others';
import { finishRebuilds, onDatabase } from './rebuild-all';

/** Started by a projector of the bench, `node rebuilds-apart.js DATABASE_URL`. */
void besideOthers((signal) => onDatabase(process.argv[2] ?? '', (subject) => finishRebuilds(subject, signal))).then(() => process.exit(0));
