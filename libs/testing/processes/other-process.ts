import { type ChildProcess, spawn } from 'node:child_process';
import { extname, join } from 'node:path';

const root = join(__dirname, '../../..');

/** The arguments with which `node` runs a TypeScript file of this repository without a build. Lines of its faults: `NODE_OPTIONS=--enable-source-maps`. */
export const runSource = (file: string, ...args: readonly string[]): readonly string[] => [
  '--conditions=source',
  '-r',
  join(root, 'test/setup/run-sources.js'),
  file,
  ...args,
];

/** The arguments with which `node` runs a program of this repository, as `apps/api/main`: compiled as this file is, or from the sources. */
export const runProgram = (program: string, ...args: readonly string[]): readonly string[] => {
  const file = join(root, `${program}${extname(__filename)}`);
  return file.endsWith('.ts') ? runSource(file, ...args) : [file, ...args];
};

export interface OtherProcess {
  readonly child: ChildProcess;
  /** Closes its standard input, which a well-behaved script takes as "leave", and waits until it is gone. */
  leave(): Promise<number | null>;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<number | null>;
}

/** Starts another process from the sources and waits for its first line on stdout. */
export const otherProcess = async (file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<OtherProcess> => {
  const child = spawn(process.execPath, runSource(file, ...args), { stdio: ['pipe', 'pipe', 'inherit'], env });
  const gone = new Promise<number | null>((resolve) => void child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it said anything`)));
  });
  return {
    child,
    leave: () => (child.stdin.end(), gone),
    kill: () => (child.kill('SIGKILL'), gone),
  };
};
