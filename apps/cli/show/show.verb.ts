import { Command } from 'nest-commander';
import { Verb } from '../verb';
import { ShowRiskVerb, ShowSatisfactionVerb, ShowTrainingHoursVerb } from './figures.verb';
import { ShowDirectoryVerb, ShowMatchQueueVerb } from './lists.verb';

@Command({
  name: 'show',
  description: 'Print what a read model answers: directory, match-queue, risk, satisfaction, training-hours',
  subCommands: [ShowDirectoryVerb, ShowMatchQueueVerb, ShowRiskVerb, ShowSatisfactionVerb, ShowTrainingHoursVerb],
})
export class ShowVerbs extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
