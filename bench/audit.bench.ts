import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillAudited, type AuditedLog, type AuditedLogs } from './audit/audited-log';
import { signed } from './audit/bench-tree';
import { appendFigures } from './audit/followed-appends';
import { memoryFigures } from './audit/peak-memory';
import { replayFigures } from './audit/replays';
import { treeFigures } from './audit/tree-building';
import { verificationFigures } from './audit/verifications';
import { onDatabase } from './contenders/rebuild-all';
import { demoOf } from './data/demo-log';
import type { Bench, BenchResult, BenchRun } from './runner/bench';
import { benchDatabase } from './runner/bench-database';

const LARGER = 5;

const measure = async (logs: AuditedLogs, folder: string, run: BenchRun): Promise<BenchResult> => {
  const parts: BenchResult[] = [];
  parts.push(await replayFigures(logs, run));
  parts.push(await treeFigures(logs, run));
  for (const log of [logs.small, logs.large]) await signed(log, run.signal);
  parts.push(await verificationFigures(logs, folder, run));
  parts.push(await memoryFigures(logs, folder, run));
  // last: it makes the log larger
  parts.push(await appendFigures(logs, run));
  return {
    figures: Object.assign({}, ...parts.map(({ figures }) => figures)) as BenchResult['figures'],
    ratios: Object.assign({}, ...parts.map(({ ratios }) => ratios)) as BenchResult['ratios'],
  };
};

const filled = async (run: BenchRun, logs: AuditedLogs): Promise<void> => {
  const events = await demoOf(run);
  for (const log of [logs.small, logs.large]) {
    await fillAudited(log, events);
    run.progress(`a log of ${log.size} events, and its index of exchanges`);
  }
};

const onLog = async <T>(size: number, work: (log: AuditedLog) => Promise<T>): Promise<T> => {
  const database = await benchDatabase();
  try {
    return await onDatabase(database.url, (subject) => work({ ...subject, url: database.url, size }));
  } finally {
    await database.drop();
  }
};

export const auditBench: Bench = {
  name: 'audit',
  about:
    'appends with the log’s tree following, building it, replaying an exchange, verifying evidence beside Go’s, and memory; size: events, and a log five times as large',
  defaultSize: 1_000_000,
  run: async (run) => {
    const folder = await mkdtemp(join(tmpdir(), 'savoirs-bench-audit-'));
    try {
      return await onLog(run.size, (small) =>
        onLog(run.size * LARGER, async (large) => {
          await filled(run, { small, large });
          return measure({ small, large }, folder, run);
        }),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
