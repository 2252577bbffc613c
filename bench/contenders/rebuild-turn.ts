import { join } from 'node:path';
import type { Subject } from './rebuild-all';

/** What this build and commit 694c4ce's have alike; that one's folders were others. */
interface Rebuilds {
  onDatabase(url: string, work: (subject: Subject) => Promise<void>): Promise<void>;
  rebuildAll(subject: Subject, which?: readonly string[]): Promise<void>;
}

export interface TurnAsked {
  readonly url: string;
  /** Folder of another build; left out, this one. */
  readonly build?: string;
  /** Of this build; the other one's are all rebuilt. */
  readonly readModels?: readonly string[];
}

export interface TurnTaken {
  readonly seconds: number;
  /** Of all threads of this process. */
  readonly processorSeconds: number;
  /** The most that the process had, from its start to its end. */
  readonly peakMiB: number;
}

const KIB_IN_MIB = 1_024;
const MICROS = 1e6;

/** One rebuild in a process of its own, `node rebuild-turn.js JSON`: it tells what that took, and ends. */
const main = async ({ url, build, readModels }: TurnAsked): Promise<void> => {
  const program = build === undefined ? './rebuild-all' : join(build, 'dist/bench/rebuild-all');
  const { onDatabase, rebuildAll } = (await import(require.resolve(program))) as Rebuilds;
  await onDatabase(url, async (subject) => {
    const [began, before] = [performance.now(), process.cpuUsage()];
    await (build === undefined ? rebuildAll(subject, readModels) : rebuildAll(subject));
    const { user, system } = process.cpuUsage(before);
    const seconds = (performance.now() - began) / 1_000;
    const peakMiB = process.resourceUsage().maxRSS / KIB_IN_MIB;
    process.send?.({ seconds, processorSeconds: (user + system) / MICROS, peakMiB } satisfies TurnTaken);
  });
  process.disconnect?.();
};

void main(JSON.parse(process.argv[2] ?? '') as TurnAsked);
