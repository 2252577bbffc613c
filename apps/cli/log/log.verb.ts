import { Command } from 'nest-commander';
import { Verb } from '../verb';
import { LogAdoptVerb } from './adopt.verb';
import { LogCopyVerb } from './copy.verb';
import { LogVerifyVerb } from './verify.verb';

@Command({
  name: 'log',
  description: 'Copy the log of events to another engine, prove it, and change over to it',
  subCommands: [LogCopyVerb, LogVerifyVerb, LogAdoptVerb],
})
export class LogVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
