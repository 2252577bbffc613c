import type { Dated } from '../risk.facts';
import type { EntryAt } from '../view/entry';
import type { RiskView } from '../view/view';
import { daysBetween } from './days';

export type OpenRequest = EntryAt & { readonly first: Dated };

/** Published or review due, unmatched. */
export const openRequests = ({ requests }: RiskView): readonly OpenRequest[] =>
  [...requests.values()].filter((request): request is OpenRequest => request.published && !request.matched && request.first !== null);

const LONG_DAYS = 60;

/** Open for longer than it should be. */
export const isWaiting = ({ first }: OpenRequest, { asOf }: RiskView): boolean => daysBetween(first.at, asOf) > LONG_DAYS;
