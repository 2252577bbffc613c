import { join } from 'node:path';
import type { BenchResult, BenchRun } from '../runner/bench';
import { rounded } from '../runner/rounds';
import { exchangesIn, type AuditedLog, type AuditedLogs } from './audited-log';
import { peakMiBOf, type Job } from './jobs';

interface Measured {
  readonly job: Job;
  readonly argument: (audited: AuditedLog) => Promise<string>;
}

/** The most memory of a process that builds a tree, or exports it, or one exchange's evidence, in both logs. */
export const memoryFigures = async ({ small, large }: AuditedLogs, folder: string, run: BenchRun): Promise<BenchResult> => {
  const [figures, ratios]: Record<string, number>[] = [{}, {}];
  const measured: readonly Measured[] = [
    { job: 'tree', argument: async () => 'savoirs.example/memory' },
    { job: 'tiles', argument: async ({ size }) => join(folder, `tiles-${size}`) },
    { job: 'bundle', argument: async (audited) => JSON.stringify((await exchangesIn(audited, 2)).at(-1)) },
  ];
  const peak = async (audited: AuditedLog, { job, argument }: Measured): Promise<number> => {
    const most = rounded(await peakMiBOf(job, { url: audited.url, argument: await argument(audited), signal: run.signal }));
    run.progress(`${job}, ${audited.size} events: ${most} MiB at most`);
    return most;
  };
  for (const one of measured) {
    const [inSmall, inLarge] = [await peak(small, one), await peak(large, one)];
    Object.assign(figures!, { [`${one.job}PeakMiB`]: inSmall, [`${one.job}PeakLargeMiB`]: inLarge });
    Object.assign(ratios!, { [`${one.job}MemoryFlat`]: rounded(inLarge / inSmall) });
  }
  return { figures: figures!, ratios: ratios! };
};
