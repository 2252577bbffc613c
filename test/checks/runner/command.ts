import { called, EXIT, orUsage, theOne, untilDone, UsageError, type Called, type Out } from '#testing/processes/long-run';
import { failedCounts, type Check, type CheckResult, type CheckRun, type LogKind } from './check';
import { shortestFailure } from './shortest-failure';

const USAGE =
  'usage: check -- list | NAME [--count N] [--seed S] [--log memory|postgres|eventstoredb] [--node PATH] [--self-test | --real]';

export interface Shop {
  readonly checks: readonly Check[];
  readonly out: Out;
}

/** `check -- …`: answers the exit code. */
export const runChecks = (args: readonly string[], { checks, out }: Shop): Promise<number> =>
  orUsage(out, USAGE, async () => {
    const own = [...new Set(checks.flatMap(({ sizes }) => Object.keys(sizes)))];
    const call = called(args, { numbers: ['count', 'seed', ...own], texts: ['log', 'node'], flags: ['self-test', 'real'] });
    if (call.name === 'list') {
      for (const check of checks) out.print(`${check.name}\t${check.about} (${defaultsOf(check)})`);
      return EXIT.done;
    }
    const check = theOne(checks, 'check', call.name);
    const asked = askedOf(call.flags.has('real') && check.real ? { ...check, ...check.real } : check, call);
    const missing = call.flags.has('real') ? missingFor(check) : undefined;
    if (missing !== undefined) return (out.say(missing), EXIT.configuration);
    return untilDone(out, (signal) => {
      const run: CheckRun = { ...asked, signal, progress: out.say };
      if (call.flags.has('self-test')) return testItself(check, run, out);
      return call.flags.has('real') && check.real ? runReal(check, run, out) : runCheck(check, run, out);
    });
  });

/** What `--real` needs and this environment does not give. */
const missingFor = ({ name, real }: Check): string | undefined => {
  if (!real) throw new UsageError(`The check "${name}" has no --real`);
  return real.missing(process.env);
};

const defaultsOf = ({ defaultCount, sizes, logs }: Check): string =>
  [`--count ${defaultCount}`, ...Object.entries(sizes).map(([name, size]) => `--${name} ${size}`), `--log ${logs.join('|')}`].join(' ');

const askedOf = (check: Check, { numbers, texts }: Called): Pick<CheckRun, 'seed' | 'count' | 'log' | 'sizes' | 'node'> => {
  const { count = check.defaultCount, seed = 1, ...sizes } = numbers;
  const foreign = Object.keys(sizes).find((name) => !(name in check.sizes));
  if (foreign) throw new UsageError(`The check "${check.name}" has no option --${foreign}`);
  const log = texts['log'] ?? check.logs[0];
  if (!(check.logs as readonly string[]).includes(log))
    throw new UsageError(`The check "${check.name}" runs with --log ${check.logs.join(' or ')}, not "${log}"`);
  const { node } = texts;
  if (node !== undefined && !check.onNodes) throw new UsageError(`The check "${check.name}" has no option --node`);
  return { seed, count, log: log as LogKind, sizes: { ...check.sizes, ...sizes }, ...(node === undefined ? {} : { node }) };
};

const FINDINGS_TOLD = 20;

const tell = ({ findings }: CheckResult, out: Out): void => {
  for (const finding of findings.slice(0, FINDINGS_TOLD)) out.say(`  ${finding}`);
  if (findings.length > FINDINGS_TOLD) out.say(`  … and ${findings.length - FINDINGS_TOLD} more`);
};

const runCheck = async (check: Check, run: CheckRun, out: Out): Promise<number> => {
  const result = await check.run(run);
  tell(result, out);
  const again = failedCounts(result).length === 0 || run.signal.aborted ? null : await shortestFailure(check, run, result.suspects);
  if (again) out.say(`to see it again: check -- ${check.name} ${again}`);
  return concluded({ ...result, figures: { ...result.figures, ...(again ? { again } : {}) } }, { line: lineOf(check, run), run, out });
};

/** What real servers did in their own time does not come again from a seed: no shorter schedule is looked for. */
const runReal = async (check: Check, run: CheckRun, out: Out): Promise<number> => {
  const result = await (check.real ?? check).run(run);
  tell(result, out);
  return concluded(result, { line: { ...lineOf(check, run), real: true }, run, out });
};

const lineOf = ({ name }: Check, { seed, count, log, sizes }: CheckRun) => ({ check: name, seed, count, log, ...sizes });

type Concluded = Pick<CheckResult, 'counts'> & { readonly figures: Readonly<Record<string, number | string>> };

interface RunContext {
  readonly line: object;
  readonly run: CheckRun;
  readonly out: Out;
}

const cutShort = ({ signal }: CheckRun) => (signal.aborted ? { interrupted: true } : {});

/** What was found until it was interrupted is told, but was not all: it has not passed. */
const concluded = ({ counts, figures }: Concluded, { line, run, out }: RunContext): number => {
  const passed = failedCounts({ counts }).length === 0 && !run.signal.aborted;
  out.print(JSON.stringify({ ...line, ...counts, ...figures, ...cutShort(run), passed }));
  return passed ? EXIT.done : EXIT.failed;
};

const testItself = async (check: Check, run: CheckRun, out: Out): Promise<number> => {
  const planted = await check.selfTest(run);
  for (const { bug, caughtBy } of planted) out.say(`${caughtBy.length > 0 ? `caught (${caughtBy.join(', ')})` : 'NOT CAUGHT'}: ${bug}`);
  const missed = planted.filter(({ caughtBy }) => caughtBy.length === 0).map(({ bug }) => bug);
  const passed = planted.length > 0 && missed.length === 0 && !run.signal.aborted;
  out.print(
    JSON.stringify({ check: check.name, selfTest: true, seed: run.seed, planted: planted.length, missed, ...cutShort(run), passed }),
  );
  return passed ? EXIT.done : EXIT.failed;
};
