import { Command } from 'nest-commander';
import { Verb } from '../verb';
import { DemoVerb } from './demo.verb';
import { ImportVerb } from './import.verb';
import { TopicsVerb } from './topics.verb';

@Command({
  name: 'data',
  description: 'Bring data in: a demo, a list of topics, the entries of a fair',
  subCommands: [DemoVerb, TopicsVerb, ImportVerb],
})
export class DataVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
