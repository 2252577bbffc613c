import { Command } from 'nest-commander';
import { Verb } from '../verb';
import { ShowRiskVerb, ShowSatisfactionVerb, ShowTrainingHoursVerb } from './figures.verb';
import { ShowDirectoryVerb, ShowDormantVerb, ShowExchangesVerb, ShowMatchQueueVerb } from './lists.verb';

@Command({
  name: 'show',
  description: 'Print what a read model answers: directory, dormant, exchanges, match-queue, risk, satisfaction, training-hours',
  subCommands: [
    ShowDirectoryVerb,
    ShowDormantVerb,
    ShowExchangesVerb,
    ShowMatchQueueVerb,
    ShowRiskVerb,
    ShowSatisfactionVerb,
    ShowTrainingHoursVerb,
  ],
})
export class ShowVerbs extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
