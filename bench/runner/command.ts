import { called, EXIT, machine, orUsage, theOne, untilDone, type Out } from '#testing/processes/long-run';
import type { Bench } from './bench';

const USAGE = 'usage: bench -- list | NAME [--size N] [--seed S]';

export interface Shop {
  readonly benches: readonly Bench[];
  readonly out: Out;
}

/** `bench -- …`: answers the exit code. */
export const runBenches = (args: readonly string[], { benches, out }: Shop): Promise<number> =>
  orUsage(out, USAGE, async () => {
    const call = called(args, { numbers: ['size', 'seed'] });
    if (call.name === 'list') {
      for (const { name, about, defaultSize } of benches) out.print(`${name}\t${about} (--size ${defaultSize})`);
      return EXIT.done;
    }
    const bench = theOne(benches, 'bench', call.name);
    const { size = bench.defaultSize, seed = 1 } = call.numbers;
    return untilDone(out, async (signal) => {
      const { figures, ratios } = await bench.run({ size, seed, signal, progress: out.say });
      out.print(JSON.stringify({ bench: bench.name, size, seed, machine: machine(), figures, ratios }));
      return EXIT.done;
    });
  });
