import type { Moment } from '../../../audit/moment';
import type { AsOfMoment } from '../../queries/as-of-moment';
import { positionIn } from '../../queries/consistency-token';

/** A version goes before a date or a place. @throws ProblemError 410 where the place is of another log */
export const momentIn = ({ revision, asOf }: { readonly revision?: number; readonly asOf?: AsOfMoment }, logId: string): Moment => {
  if (revision !== undefined) return { revision };
  if (asOf === undefined) return 'latest';
  return 'date' in asOf ? asOf : { position: positionIn(asOf, logId) };
};
