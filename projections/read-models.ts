import type { AnyReadModel } from '#read-store/read-model';
import { accessesModel } from './accesses/accesses.table';
import { casesModel } from './cases/cases.table';
import { directoryModel } from './directory/directory.table';
import { erasuresModel } from './erasures/erasures.table';
import { exchangeHistoryModel } from './exchange-history/exchange-history.table';
import { exchangeStreamsModel } from './exchange-streams/exchange-streams.table';
import { forbiddenPairsModel } from './forbidden-pairs/forbidden-pairs.table';
import { matchQueueModel } from './match-queue/match-queue.table';
import { matchingPoolModel } from './matching-pool/matching-pool.table';
import { memberPageModel } from './member-page/member-page.table';
import { keptTextsModel } from './retention/kept-texts.table';
import { retentionRunsModel } from './retention/retention-runs.table';
import { riskModel } from './risk/risk.table';
import { roundsModel } from './rounds/rounds.table';
import { satisfactionModel } from './satisfaction/satisfaction.table';
import { trainingHoursModel } from './training-hours/training-hours.table';

/** Every projection there is: a new read model is a new folder, and a line here and in `query-handlers.ts` (CONTRIBUTING.md). */
export const readModels: readonly AnyReadModel[] = [
  accessesModel,
  casesModel,
  directoryModel,
  erasuresModel,
  matchQueueModel,
  memberPageModel,
  exchangeHistoryModel,
  exchangeStreamsModel,
  forbiddenPairsModel,
  matchingPoolModel,
  keptTextsModel,
  retentionRunsModel,
  riskModel,
  roundsModel,
  satisfactionModel,
  trainingHoursModel,
];
