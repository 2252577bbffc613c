import type { Dated } from '../risk.facts';
import type { EntryAt } from '../view/entry';
import type { RiskView } from '../view/view';

export type OpenRequest = EntryAt & { readonly first: Dated };

/** Published or review due, unmatched. */
export const openRequests = ({ requests }: RiskView): readonly OpenRequest[] =>
  [...requests.values()].filter((request): request is OpenRequest => request.published && !request.matched && request.first !== null);
