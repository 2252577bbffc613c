import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench } from './bench';
import { benches } from './benches';

const USAGE = 'usage: bench -- list | NAME [--size N] [--seed S]';
const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cpus: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  os: `${process.platform} ${process.arch}`,
  node: process.version,
});

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** A whole number above zero, the default where none was given, or nothing where it is neither. */
const wholeNumber = (text: string | undefined, byDefault: number): number | undefined => {
  if (text === undefined) return byDefault;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
};

const interruptible = (): AbortSignal => {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      say('interrupted: cleaning up');
      stop.abort();
    });
  }
  return stop.signal;
};

const runBench = async (bench: Bench, size: number, seed: number): Promise<number> => {
  const signal = interruptible();
  try {
    const { figures, ratios } = await bench.run({ size, seed, signal, progress: say });
    process.stdout.write(`${JSON.stringify({ bench: bench.name, size, seed, machine: machine(), figures, ratios })}\n`);
    return EXIT.done;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT.failed;
  }
};

const main = async (args: readonly string[]): Promise<number> => {
  const options = { size: { type: 'string' }, seed: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [name, ...more] = positionals;
  if (name === 'list' && more.length === 0) {
    for (const { name: known, about, defaultSize } of benches) process.stdout.write(`${known}\t${about} (--size ${defaultSize})\n`);
    return EXIT.done;
  }
  const bench = benches.find((known) => known.name === name);
  const [size, seed] = [wholeNumber(values.size, bench?.defaultSize ?? 1), wholeNumber(values.seed, 1)];
  if (bench === undefined || more.length > 0 || size === undefined || seed === undefined) {
    say(`${USAGE}\nNAME: ${benches.map((known) => known.name).join(', ')}`);
    return EXIT.usage;
  }
  return runBench(bench, size, seed);
};

main(process.argv.slice(2)).then(
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    say(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exitCode = EXIT.usage;
  },
);
