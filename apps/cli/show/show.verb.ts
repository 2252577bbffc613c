import { Command } from 'nest-commander';
import { Verb } from '../verb';
import { ShowRiskVerb, ShowSatisfactionVerb, ShowTrainingHoursVerb } from './figures.verb';
import { ShowDirectoryVerb, ShowDormantVerb, ShowMatchQueueVerb } from './lists.verb';

@Command({
  name: 'show',
  description: 'Print what a read model answers: directory, dormant, match-queue, risk, satisfaction, training-hours',
  subCommands: [ShowDirectoryVerb, ShowDormantVerb, ShowMatchQueueVerb, ShowRiskVerb, ShowSatisfactionVerb, ShowTrainingHoursVerb],
})
export class ShowVerbs extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
