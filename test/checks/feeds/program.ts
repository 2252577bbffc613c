import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { runSource } from '#testing/other-process';

/** A program of this folder in a process of its own: it says where it listens, and then answers what it is asked. */
export interface Program {
  readonly url: string;
  /** Bytes that live in it, after everything else is collected. */
  memory(): Promise<number>;
  /** SIGTERM. Answers its exit code. */
  stop(): Promise<number | null>;
}

const started = async (child: ChildProcess, words: () => string): Promise<string> => {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`it ended with ${String(code)} before it was ready: ${words()}`);
  });
  ended.catch(() => undefined);
  const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [{ readonly url: string }];
  return url;
};

export const startProgram = async (name: 'server' | 'projector', env: NodeJS.ProcessEnv): Promise<Program> => {
  const file = join(__dirname, `${name}${extname(__filename)}`);
  const args = ['--expose-gc', ...(file.endsWith('.ts') ? runSource(file) : [file])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)));
  const url = await started(child, () => words);
  return {
    url,
    memory: async () => {
      const answer = once(child, 'message');
      child.send('memory');
      const [{ memory }] = (await answer) as [{ readonly memory: number }];
      return memory;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await gone) as [number | null];
      return code;
    },
  };
};
