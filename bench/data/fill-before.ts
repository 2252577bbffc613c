import { join } from 'node:path';
import type { Subject } from '../contenders/rebuild-all';

/** Of commit 694c4ce. */
interface Writer {
  demoOf(run: {
    readonly seed: number;
    readonly signal: AbortSignal;
    readonly progress: (line: string) => void;
  }): Promise<readonly unknown[]>;
  fillLog(pool: Subject['pool'], events: readonly unknown[], places: { readonly from: number; readonly to: number }): Promise<void>;
}

interface Rebuilds {
  onDatabase(url: string, work: (subject: Subject) => Promise<void>): Promise<void>;
}

/** Fills a log with the events of another build's own demo, `node fill-before.js FOLDER DATABASE_URL EVENTS SEED`: that build knows no newer ones. */
const main = async ([folder = '', url = '', size, seed]: readonly string[]): Promise<void> => {
  const { demoOf, fillLog } = (await import(require.resolve(join(folder, 'dist/bench/demo-log')))) as Writer;
  const { onDatabase } = (await import(require.resolve(join(folder, 'dist/bench/rebuild-all')))) as Rebuilds;
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  await onDatabase(url, async ({ pool }) => {
    const events = await demoOf({ seed: Number(seed), signal: new AbortController().signal, progress });
    await fillLog(pool, events, { from: 0, to: Number(size) });
  });
};

void main(process.argv.slice(2));
