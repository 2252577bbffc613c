import { Command } from 'nest-commander';
import { Verb } from '../verb';
import { LogCopyVerb } from './copy.verb';
import { LogVerifyVerb } from './verify.verb';

@Command({ name: 'log', description: 'Copy the log of events to another engine, and prove it', subCommands: [LogCopyVerb, LogVerifyVerb] })
export class LogVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
