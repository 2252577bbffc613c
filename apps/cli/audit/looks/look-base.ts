import { Option } from '../../verb-decorators';
import { badUsage } from '../../usage';
import { Verb } from '../../verb';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws CliProblem */
export const idIn = (what: string, text = ''): string => {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw badUsage(`Name ${what} by its id: a UUID.`);
  return id;
};

/** @throws CliProblem */
export const motiveIn = (name: string, text: string): string => {
  if (!/\S{3}/.test(text)) throw badUsage(`${name} must say why, in three characters or more.`);
  return text;
};

export interface LookOptions {
  readonly motive: string;
  readonly by: string;
}

/** A look that is recorded: who, and why. */
export abstract class LookVerb extends Verb {
  @Option({ flags: '--motive <text>', description: 'why: recorded with the look', required: true })
  motive(text: string): string {
    return motiveIn('--motive', text);
  }

  @Option({ flags: '--by <subject>', description: 'which auditor looks, as the identity provider knows them: recorded', required: true })
  by(text: string): string {
    return text;
  }
}
