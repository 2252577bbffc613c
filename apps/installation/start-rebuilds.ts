import { once } from 'node:events';
import type { RebuildProcess } from '#read-store/builds/rebuild-keeper';
import { startBeside } from './start-beside';
import type { Settings } from './settings';

export interface RebuildProgram {
  readonly file: string;
  readonly args: readonly string[];
}

const PROGRAM: RebuildProgram = { file: require.resolve('../projector/rebuilds'), args: [] };
/** For the batch under way. */
const STOP_MS = 10_000;

/**
 * V8 lets a heap that may become large grow to four times what lives in it before it looks it through; one of this size, to less than two.
 * It looks at once, not bit by bit beside the work, which costs more in all: nobody waits for this process. And it looks first where
 * what it may remember is full, not at each doubling of a small heap. Rows outlive any nursery: a larger one costs memory
 * and saves no work.
 */
export const heapFor = (memoryMiB: number): readonly string[] => [
  '--no-incremental-marking',
  '--max-semi-space-size=32',
  `--initial-old-space-size=${memoryMiB}`,
  `--max-old-space-size=${512 + 3 * memoryMiB}`,
];

/** Rebuilds in a process of their own, at lower priority, that ends with this one. */
export const startRebuilds = (
  { env, projections: { memoryMiB } }: Pick<Settings, 'env' | 'projections'>,
  { file, args }: RebuildProgram = PROGRAM,
): RebuildProcess => {
  const child = startBeside(file, { args, execArgv: heapFor(memoryMiB), env, stdout: 'inherit' });
  let patience: NodeJS.Timeout | undefined;
  const gone = Promise.race([once(child, 'exit'), once(child, 'error').then(() => [null, null])]).then(([code, signal]: unknown[]) => {
    clearTimeout(patience);
    return code === 0 || signal !== null;
  });
  return {
    gone,
    stop: () => {
      if (child.connected) child.disconnect();
      // a kill is as good: what is not written is folded again
      patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    },
  };
};
