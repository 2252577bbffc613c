import { execFile } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchRun } from './bench';

/** Savoirs on the day on which its pace was first measured as a whole: what came after is told as a ratio to it. */
export const BEFORE = '694c4ce';

const MOST_OUTPUT = 64 * 1024 * 1024;

type Run = (cwd: string, program: 'git' | 'npm', ...args: readonly string[]) => Promise<string>;

const runUntil =
  (signal: AbortSignal): Run =>
  async (cwd, program, ...args) => {
    const shell = program === 'npm' && process.platform === 'win32';
    return (await promisify(execFile)(program, args, { cwd, signal, shell, maxBuffer: MOST_OUTPUT })).stdout.trim();
  };

/** The repository in which the commit is. @throws Error with a way on, where it is in none */
const repositoryOf = async (run: Run): Promise<string> => {
  const root = await run(__dirname, 'git', 'rev-parse', '--show-toplevel').catch(() => {
    throw new Error(`This bench compares to commit ${BEFORE}: start it with git, from a clone of the repository.`);
  });
  await run(root, 'git', 'cat-file', '-e', `${BEFORE}^{commit}`).catch(() => {
    throw new Error(
      `Commit ${BEFORE}, to which this bench compares, is not in this clone: run \`git fetch --unshallow\`, then start again.`,
    );
  });
  return root;
};

/** The folder of that commit's own build, with its own packages: made once, and kept among the system's temporary files. */
export const beforeBuild = async ({ signal, progress }: Pick<BenchRun, 'signal' | 'progress'>): Promise<string> => {
  const folder = join(tmpdir(), `savoirs-before-${BEFORE}`);
  if (existsSync(folder)) return folder;
  const [making, run] = [`${folder}.${process.pid}`, runUntil(signal)];
  const repository = await repositoryOf(run);
  progress(`commit ${BEFORE} is built once, in ${folder}`);
  try {
    await run(repository, 'git', 'clone', '--quiet', '--shared', '--no-checkout', repository, making);
    await run(making, 'git', 'checkout', '--quiet', BEFORE);
    // that builds it, too: its own `prepare` does
    await run(making, 'npm', 'ci', '--no-audit', '--no-fund');
    renameSync(making, folder);
    return folder;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
};
