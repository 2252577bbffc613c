import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';

/** The grammar that checks and benches share (architecture §6): a name, whole numbers, one line of JSON last on stdout. */
export const EXIT = { done: 0, failed: 1, usage: 64, configuration: 78, interrupted: 130 } as const;

/** Told in one sentence to whoever called it wrongly. */
export class UsageError extends Error {
  readonly exitCode = EXIT.usage;
}

/** The run cannot be made on what the settings name: told in its one sentence, without a place in the code. */
export class NotPossible extends Error {
  readonly exitCode = EXIT.configuration;
}

/** Where a run writes: progress to people, the result to programs. */
export interface Out {
  readonly say: (line: string) => void;
  readonly print: (line: string) => void;
}

export const standardOut: Out = {
  say: (line) => void process.stderr.write(`${line}\n`),
  print: (line) => void process.stdout.write(`${line}\n`),
};

export interface NamedRun {
  readonly name: string;
  readonly about: string;
}

export interface Called {
  readonly name: string;
  readonly numbers: Readonly<Record<string, number>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly flags: ReadonlySet<string>;
}

interface Options {
  readonly numbers: readonly string[];
  readonly texts?: readonly string[];
  readonly flags?: readonly string[];
}

const parsed = (args: readonly string[], { numbers, texts = [], flags = [] }: Options) => {
  const options = Object.fromEntries([
    ...[...numbers, ...texts].map((name) => [name, { type: 'string' }] as const),
    ...flags.map((name) => [name, { type: 'boolean' }] as const),
  ]);
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (fault) {
    // its first sentence: the others explain the library
    throw new UsageError((fault as Error).message.split(/[.\n]/, 1)[0] ?? 'these arguments cannot be read');
  }
};

const wholeNumber = (name: string, text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${name} must be a whole number from 1 to 999999999, not "${text}"`);
  return Number(text);
};

/** @throws UsageError where an option is unknown, or a number is none */
export const called = (args: readonly string[], options: Options): Called => {
  const { values, positionals } = parsed(args, options);
  const [name, ...more] = positionals;
  if (name === undefined) throw new UsageError('Give the name of one, or "list"');
  if (more.length > 0) throw new UsageError(`Give one name, not "${positionals.join(' ')}"`);
  const given = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return {
    name,
    numbers: Object.fromEntries(given.filter(([key]) => options.numbers.includes(key)).map(([key, text]) => [key, wholeNumber(key, text)])),
    texts: Object.fromEntries(given.filter(([key]) => !options.numbers.includes(key))),
    flags: new Set(Object.entries(values).flatMap(([key, value]) => (value === true ? [key] : []))),
  };
};

/** @throws UsageError that names those there are */
export const theOne = <One extends NamedRun>(all: readonly One[], kind: string, name: string): One => {
  const found = all.find((one) => one.name === name);
  if (!found) throw new UsageError(`There is no ${kind} "${name}": there are ${all.map((one) => one.name).join(', ')}`);
  return found;
};

/** Aborted by the first SIGINT or SIGTERM: finish soon, clean up. */
export const interruptible = ({ say }: Out): { readonly signal: AbortSignal; readonly forget: () => void } => {
  const stop = new AbortController();
  const interrupt = (): void => {
    say('interrupted: cleaning up');
    stop.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, interrupt);
  return {
    signal: stop.signal,
    forget: () => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, interrupt);
    },
  };
};

export const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cpus: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  os: `${process.platform} ${process.arch}`,
  node: process.version,
});

/** Runs `work` until it is done or interrupted, and answers the exit code; a fault is told with its place. */
export const untilDone = async (out: Out, work: (signal: AbortSignal) => Promise<number>): Promise<number> => {
  const { signal, forget } = interruptible(out);
  try {
    const code = await work(signal);
    return signal.aborted ? EXIT.interrupted : code;
  } catch (fault) {
    if (signal.aborted) return EXIT.interrupted;
    if (fault instanceof NotPossible) return (out.say(fault.message), fault.exitCode);
    out.say(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
    return EXIT.failed;
  } finally {
    forget();
  }
};

/** One sentence and exit code 64 for a wrong call. */
export const orUsage = async (out: Out, usage: string, work: () => Promise<number>): Promise<number> => {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof UsageError)) throw fault;
    out.say(`${fault.message} (${usage}).`);
    return fault.exitCode;
  }
};
