import type { Instant } from '#kernel/id';
import { addMonths } from '../calendar';

/** In calendar months; 0: for good. */
export interface RetentionPeriods {
  /** For so long after its end the texts of an exchange or an incident are kept. */
  readonly exchangeTextsMonths: number;
  /** For so long after somebody left their data are kept. */
  readonly goneMembersMonths: number;
}

export const periodsOf = ({ exchangeTextsMonths, goneMembersMonths }: RetentionPeriods): RetentionPeriods => ({
  exchangeTextsMonths,
  goneMembersMonths,
});

export const samePeriods = (one: RetentionPeriods, other: RetentionPeriods): boolean =>
  one.exchangeTextsMonths === other.exchangeTextsMonths && one.goneMembersMonths === other.goneMembersMonths;

/** What ended then or earlier is due at `at`; null where it is kept for good. Counted back, so that one date answers for all. */
export const keptSince = (months: number, at: Instant): Instant | null => (months === 0 ? null : addMonths(at, -months));

export const isPastKeeping = (endedAt: Instant, months: number, at: Instant): boolean => {
  const since = keptSince(months, at);
  return since !== null && endedAt <= since;
};
