import { Command, Option } from 'commander';
import { GROUPS, type Group } from './groups';
import { onParserExit, VerbGroup, type Verb } from './verb';
import { givenOf, optionsOf, type VerbClass } from './verb-decorators';

/** What goes wrong is told in one sentence of ours; help that nobody asked for goes where faults go. */
const OUTPUT = { writeErr: (text: string) => void (text.startsWith('error') ? undefined : process.stderr.write(text)) };

const newCommand = (name: string, description: string): Command => {
  const command = new Command(name).description(description).configureOutput(OUTPUT);
  return command.exitOverride(onParserExit(command));
};

const addArguments = (command: Command, { arguments: wanted = '', argsDescription = {} }: ReturnType<typeof givenOf>): void => {
  for (const each of wanted.split(' ').filter(Boolean)) {
    const name = each.replace(/[^\w-]/g, '');
    command.argument(each, argsDescription[name] ?? '');
  }
};

/** The option of each name is read by the verb's own method. */
const addOptions = (command: Command, verb: Verb): void => {
  for (const { flags, description, defaultValue, required = false, method } of optionsOf(Object.getPrototypeOf(verb) as object)) {
    const read = (verb as unknown as Record<string, (text: string) => unknown>)[method]!.bind(verb);
    command.addOption(
      new Option(flags, description).default(defaultValue).preset(defaultValue).makeOptionMandatory(required).argParser(read),
    );
  }
};

const commandOf = (Shape: VerbClass): Command => {
  const given = givenOf(Shape);
  const command = newCommand(given.name, given.description);
  const verb = new Shape(command);
  addArguments(command, given);
  addOptions(command, verb);
  return command.action(() => verb.run(command.args, command.opts()));
};

/** Its verbs are loaded only where it is named: each brings what it needs, and that takes time. */
const groupOf = async ({ name, description, verbs }: Group, words: readonly string[]): Promise<Command> => {
  const command = newCommand(name, description);
  if (!words.includes(name)) return command;
  for (const verb of await verbs()) command.addCommand(commandOf(verb));
  const group = new VerbGroup(command);
  return command.action(() => group.run(command.args));
};

/** `savoirs`, with what these words may need of it. */
export const parserFor = async (words: readonly string[], onTop: Parameters<Command['exitOverride']>[0]): Promise<Command> => {
  const parser = new Command('savoirs').configureOutput(OUTPUT).version('0.1.0').exitOverride(onTop);
  for (const group of GROUPS) parser.addCommand(await groupOf(group, words));
  return parser;
};
