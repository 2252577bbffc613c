import type { Command } from 'commander';
import { outputIn, type Output } from './output';
import { badUsage } from './usage';
import { Option } from './verb-decorators';

type Fault = Parameters<Parameters<Command['exitOverride']>[0] & object>[0];

const pathOf = (command: Command | null): string => (command?.parent ? `${pathOf(command.parent)} ${command.name()}` : 'savoirs');

/** What the parser says, as one sentence with a way on. */
const sentenceOf = (message: string, command: Command): string => {
  const said = message.replace(/^error: /, '').replace(/\s+/g, ' ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, '')}. See: ${pathOf(command)} --help`;
};

/** Help and version end well; whatever else the parser stops at is bad usage. */
export const onParserExit = (command: Command) => (fault: Fault) => {
  if (fault.exitCode === 0 || fault.code === 'commander.help') throw new HelpShown();
  throw badUsage(sentenceOf(fault.message, command));
};

export class HelpShown extends Error {
  readonly exitCode = 0;
}

/** A verb of `savoirs`: faults of usage are told in one sentence, with exit code 64. */
export abstract class Verb {
  constructor(private readonly command: Command) {}

  abstract run(given: string[], options: unknown): Promise<void>;

  /** For a verb that only holds others. @throws always */
  protected other(given: readonly string[]): never {
    const verbs = this.command.commands.map((each) => each.name()).join(', ');
    const path = pathOf(this.command);
    const what = given[0] === undefined ? `${path} needs a verb` : `${path} has no verb of that name`;
    throw badUsage(`${what}: ${verbs}. See: ${path} --help`);
  }

  /** @throws CliProblem */
  protected only(given: readonly string[], expected: number): void {
    if (given.length > expected) throw badUsage(`Too many arguments. See: ${pathOf(this.command)} --help`);
  }
}

/** A verb that holds others. */
export class VerbGroup extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}

/** A verb that answers in rows. */
export abstract class TableVerb extends Verb {
  @Option({ flags: '--output <form>', description: 'table, json or csv', defaultValue: 'table' })
  output(text: string): Output {
    return outputIn(text);
  }
}
