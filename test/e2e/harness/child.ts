import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program of the build, as an operator starts it. */
export interface Child {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when it has said this; rejects when it ends first. */
  says(what: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

const started = new Set<Child>();

/** Whatever a failed test left running. */
export const killAll = async (): Promise<void> => {
  for (const child of started) {
    child.kill('SIGKILL');
    await child.ended;
  }
};

/** @param program file of the build, such as `apps/api/main.js`; the environment is this alone, besides PATH and LANG */
export const startChild = (program: string, env: Record<string, string>, args: readonly string[] = []): Child => {
  const file = join(root, 'dist', program);
  if (!existsSync(file)) throw new Error(`${file} is not built: npm run build`);
  const { PATH = '', LANG = 'C.UTF-8' } = process.env;
  const spawned = spawn(process.execPath, [file, ...args], { env: { PATH, LANG, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const)
    spawned[stream].on('data', (chunk) => {
      said[stream] += String(chunk);
      for (const listener of listeners) listener();
    });
  const ended = new Promise<Ended>((resolve) => spawned.once('close', (code, signal) => resolve({ code, signal })));
  const says = (what: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = what.exec(said.stdout) ?? what.exec(said.stderr);
        if (found) resolve(found);
      };
      listeners.add(look);
      look();
      void ended.then(({ code }) => reject(new Error(`it ended with ${code} before it said ${what}: ${said.stdout}\n${said.stderr}`)));
    });
  const child: Child = {
    pid: spawned.pid!,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    says,
    ended,
    kill: (signal) => void spawned.kill(signal),
  };
  started.add(child);
  void ended.then(() => started.delete(child));
  return child;
};

/** Whether the embedded server of this data folder runs; as root it lies elsewhere, and the folder says where. */
export const isServerRunning = (folder: string): boolean => {
  const pointer = join(folder, 'postgres', 'location');
  const home = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(folder, 'postgres');
  return existsSync(join(home, 'data', 'postmaster.pid'));
};
