import { agreedExchange } from './agreed-exchange.process';
import { closedUnheld } from './closed-unheld.process';
import { engagement } from './engagement.process';
import { enrolment } from './enrolment.process';
import { exchangeDeadlines } from './exchange-deadlines.process';
import { matchDeadlines } from './match-deadlines.process';
import { matchedRequests } from './matched-requests.process';
import { reciprocity } from './reciprocity.process';
import { recordedHours } from './recorded-hours.process';
import { retentionClock, retentionRuns } from './retention.process';
import { offerReviews, requestReviews } from './reviews.process';
import { riskWatch } from './risk-watch.process';
import { roundProposals } from './round-proposals.process';
import { withdrawal } from './withdrawal.process';

/** Every process manager there is. */
export const processes = [
  enrolment,
  reciprocity,
  roundProposals,
  engagement,
  matchedRequests,
  matchDeadlines,
  withdrawal,
  agreedExchange,
  closedUnheld,
  exchangeDeadlines,
  recordedHours,
  offerReviews,
  requestReviews,
  riskWatch,
  retentionClock,
  retentionRuns,
] as const;
