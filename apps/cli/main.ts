import { failWith } from '../installation/run-until-signal';
import { parserFor } from './parser';
import { CliProblem, badUsage } from './usage';
import { HelpShown } from './verb';

/** One sentence on stderr, and the documented exit code. */
const end = (fault: unknown): never => {
  if (fault instanceof HelpShown) process.exit(0);
  return failWith(fault);
};

/** The parser stops at the top: `savoirs`, or a verb that is none. */
const onTop = (fault: Error & { readonly exitCode?: number; readonly code?: string }): never => {
  if (fault.exitCode === 0 || fault.code === 'commander.help' || fault.code === 'commander.helpDisplayed')
    process.exit(process.argv.length > 2 ? 0 : 64);
  if (fault instanceof CliProblem) return end(fault);
  return end(
    badUsage(
      `${fault.message
        .replace(/^error: /, '')
        .replace(/\s+/g, ' ')
        .replace(/^./, (first) => first.toUpperCase())}. See: savoirs --help`,
    ),
  );
};

const main = async (): Promise<void> => void (await (await parserFor(process.argv.slice(2), onTop)).parseAsync());

main().then(() => process.exit(process.exitCode ?? 0), end);
