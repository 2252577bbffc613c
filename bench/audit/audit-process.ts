import { rmSync } from 'node:fs';
import { exportTiles } from '#audit/export/tiles-folder';
import { followLog } from '#audit/following/follow-log';
import { onDatabase, type Subject } from '../contenders/rebuild-all';
import { buildTree, signed, treeKey, treeOf } from './bench-tree';
import { replaysIn, type AuditedExchange } from './exchange-replays';

/** As `savoirs` has it where nothing is set. */
const CADENCE = { events: 1_000, ms: 15 * 60_000 };
const { signal } = new AbortController();

type Job = (subject: Subject, argument: string) => Promise<void>;

const tiles: Job = async (subject, folder) => {
  const [store, checkpoint] = [await treeOf(subject), await signed(subject, signal)];
  try {
    await exportTiles({ log: subject.log, store, checkpoint, folder, signal });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const follow: Job = async (subject) => {
  const parts = { log: subject.log, store: await treeOf(subject), key: treeKey, folder: null };
  const warn = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const following = followLog({ ...parts, cadence: CADENCE, now: Date.now, warn });
  await new Promise<void>((resolve) => void process.once('disconnect', resolve));
  await following.stop();
};

const jobs: Readonly<Record<string, Job>> = {
  follow,
  tiles,
  tree: (subject, origin) => buildTree(subject, origin, signal),
  bundle: async (subject, exchange) => void (await replaysIn(subject).evidence(JSON.parse(exchange) as AuditedExchange)),
};

const KIB_IN_MIB = 1_024;

/** One job in a process of its own, `node audit-process.js JOB DATABASE_URL ARGUMENT`: it tells the most memory that it had, in MiB, and ends. */
const [, , job = '', url = '', argument = ''] = process.argv;
void onDatabase(url, async (subject) => {
  await jobs[job]?.(subject, argument);
  if (!process.connected) return; // nobody asks any more
  process.send?.(process.resourceUsage().maxRSS / KIB_IN_MIB);
  process.disconnect();
});
