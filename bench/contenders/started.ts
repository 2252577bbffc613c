import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Environment } from '#apps/installation/settings';

const READY = /Savoirs is ready/;
const TELL = join(__dirname, 'tell-processor-time.js');

/** A build of Savoirs, by its folder, and where it keeps what it is asked about. */
export interface Started {
  readonly root: string;
  readonly env: Environment;
}

const faultOf = (what: string, code: unknown, said: string): Error => new Error(`${what} ended with ${String(code)}: ${said.slice(-500)}`);

/** Milliseconds of its process's processor time that a call of `savoirs` takes: no server's, and however busy the machine is. */
export const processorMs = async ({ root, env }: Started, ...args: readonly string[]): Promise<number> => {
  const program = join(root, 'dist/apps/cli/main.js');
  const child = spawn(process.execPath, ['--require', TELL, program, ...args], { env, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => void child.once('exit', resolve));
  const [code, said, told] = await Promise.all([ended, text(child.stderr!), text(child.stdio[3] as Readable)]);
  if (code !== 0) throw faultOf(`savoirs ${args.join(' ')}`, code, said);
  return Number(told) / 1000;
};

/** Milliseconds from `npm start` to the line that says where Savoirs is; then it is stopped. */
export const readyMs = async ({ root, env }: Started, ...args: readonly string[]): Promise<number> => {
  const began = performance.now();
  // a process group of its own: npm hands no signal on
  const child = spawn('npm', ['start', '--', ...args], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<unknown>((resolve) => void child.once('exit', resolve));
  let said = '';
  try {
    return await new Promise<number>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          if (READY.test(said)) resolve(performance.now() - began);
        });
      void ended.then((code) => reject(faultOf('npm start', code, said)));
    });
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    await ended;
  }
};
