import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { runProgram } from '#testing/processes/other-process';

/** A program of a check in a process of its own: it says where it listens, and then answers what it is asked, one thing at a time. */
export interface Program {
  readonly url: string;
  /** Its answer to one word. @throws where it ended instead */
  ask<Answer>(word: string): Promise<Answer>;
  /** Why it is gone, where it went by itself. */
  diedOf(): string | null;
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

export const startProgram = async (program: string, env: NodeJS.ProcessEnv): Promise<Program> => {
  const child = spawn(process.execPath, ['--expose-gc', ...runProgram(program)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)));
  const url = await started(child, () => words);
  let [ended, stopping]: [string | null, boolean] = [null, false];
  child.once('exit', (code, signal) => (ended = `it ended by itself with ${code ?? signal}: ${words}`));
  const gone = (): string | null => (stopping ? null : ended);
  return {
    url,
    diedOf: gone,
    ask: async <Answer>(word: string) => {
      const ending = new AbortController();
      try {
        if (ended !== null) throw new Error(ended);
        const answer = once(child, 'message', ending);
        const end = once(child, 'exit', ending).then(() => Promise.reject(new Error(ended ?? 'it ended')));
        child.send(word);
        // Both sides of the wire are this check's.
        const [said] = (await Promise.race([answer, end])) as [Answer];
        return said;
      } finally {
        ending.abort();
      }
    },
    stop: async () => {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await exit) as [number | null];
      return code;
    },
  };
};
