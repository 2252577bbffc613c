import type { VerbClass } from '../verb-decorators';
import { ShowRiskVerb, ShowSatisfactionVerb, ShowTrainingHoursVerb } from './figures.verb';
import { ShowDirectoryVerb, ShowDormantVerb, ShowExchangesVerb, ShowMatchQueueVerb } from './lists.verb';

/** In the order in which help shows them. */
export const SHOW_VERBS: readonly VerbClass[] = [
  ShowDirectoryVerb,
  ShowDormantVerb,
  ShowExchangesVerb,
  ShowMatchQueueVerb,
  ShowRiskVerb,
  ShowSatisfactionVerb,
  ShowTrainingHoursVerb,
];
