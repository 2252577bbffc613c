import type { Command } from 'commander';
import type { Verb } from './verb';

export type VerbClass = new (command: Command) => Verb;

interface OptionGiven {
  readonly flags: string;
  readonly description: string;
  readonly defaultValue?: unknown;
  readonly required?: boolean;
}

interface VerbGiven {
  readonly name: string;
  readonly description: string;
  /** As the parser writes them: `<name> [others...]`. */
  readonly arguments?: string;
  readonly argsDescription?: Readonly<Record<string, string>>;
}

/** An option, and the method that reads its text. */
export interface DeclaredOption extends OptionGiven {
  readonly method: string;
}

const verbs = new WeakMap<VerbClass, VerbGiven>();
const options = new WeakMap<object, DeclaredOption[]>();

/** Stands on a verb that can be called. */
export const SubCommand =
  (given: VerbGiven) =>
  (verb: VerbClass): void =>
    void verbs.set(verb, given);

/** Stands on the method that reads an option's text. */
export const Option =
  (given: OptionGiven) =>
  (prototype: object, method: string): void => {
    const own = options.get(prototype) ?? [];
    options.set(prototype, [...own, { ...given, method }]);
  };

export const givenOf = (verb: VerbClass): VerbGiven => {
  const given = verbs.get(verb);
  if (!given) throw new Error(`${verb.name} is no verb`);
  return given;
};

/** Those of the verb itself first, then those that it inherits; what it overrides counts once. */
export const optionsOf = (prototype: object | null, known: readonly string[] = []): readonly DeclaredOption[] => {
  if (prototype === null) return [];
  const own = (options.get(prototype) ?? []).filter(({ method }) => !known.includes(method));
  return [...own, ...optionsOf(Object.getPrototypeOf(prototype) as object | null, [...known, ...own.map(({ method }) => method)])];
};
