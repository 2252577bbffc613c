import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyBundle } from '#audit/bundle/verify-bundle';
import { goProgram, ran } from '#test/checks/verifiers/others';
import { runProgram } from '#testing/processes/other-process';
import type { BenchResult, BenchRun } from '../runner/bench';
import { interleaved, rounded, type Contender } from '../runner/rounds';
import { exchangesIn, type AuditedLogs } from './audited-log';
import { replaysIn } from './exchange-replays';

/** A file of evidence, and the folder in which it lies. */
interface Evidence {
  readonly text: string;
  readonly path: string;
  readonly folder: string;
}

const TIMES = 20;

const took = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const outputOf = async (program: string, args: readonly string[]): Promise<string> => {
  const ended = await ran(program, args);
  if (ended?.code !== 0) throw new Error('a verifier refuses evidence that is whole, or did not run');
  return ended.stdout;
};

/** Milliseconds of one verification: among many, as a process's first, and as a whole command from its start to its end. */
const ourVerifications = ({ text, path }: Evidence) => ({
  verifyMs: async () => (await took(() => Array.from({ length: TIMES }, () => verifyBundle(text)))) / TIMES,
  verifyFirstMs: async () => Number(await outputOf(process.execPath, runProgram('bench/audit/verify-process', path))),
  verifyCommandMs: () => took(() => outputOf(process.execPath, runProgram('apps/cli/main', 'audit', 'verify', path))),
});

const here = join(__dirname, 'verify-bundle.go');
/** Beside the sources, wherever this file was compiled to. */
const SOURCE = existsSync(here) ? here : join(__dirname, '../../..', 'bench/audit/verify-bundle.go');
const OK = /^ok \d+ (\d+)\n$/;

/** The same by Go's own packages; none where they are not installed. */
const goVerifications = async ({ path, folder }: Evidence): Promise<Readonly<Record<string, Contender>>> => {
  const program = await goProgram(SOURCE, folder);
  if (program === null) return {};
  return {
    goMs: async () => Number(OK.exec(await outputOf(program, [path, String(TIMES)]))?.[1]) / 1_000,
    goCommandMs: () => took(() => outputOf(program, [path, '1'])),
  };
};

const EVENT = /^ {2}{/gm;

/** Evidence of all histories that led to one exchange, verified by ours and by Go's. */
export const verificationFigures = async ({ small }: AuditedLogs, folder: string, run: BenchRun): Promise<BenchResult> => {
  const text = await replaysIn(small).evidence((await exchangesIn(small, 2)).at(-1)!);
  const evidence = { text, folder, path: join(folder, 'evidence.json') };
  await writeFile(evidence.path, text);
  const contenders: Readonly<Record<string, Contender>> = { ...ourVerifications(evidence), ...(await goVerifications(evidence)) };
  const figures = await interleaved(contenders, run);
  const { verifyMs = NaN, goMs } = figures;
  if (goMs === undefined) run.progress('There is no Go here, or not its x/mod: evidence was verified by ours alone.');
  return {
    figures: { ...figures, verifiedEvents: text.match(EVENT)?.length ?? 0 },
    ratios: goMs === undefined ? {} : { verifyToGo: rounded(verifyMs / goMs) },
  };
};
