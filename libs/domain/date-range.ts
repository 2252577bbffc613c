import type { Instant } from '#kernel/id';
import { addDays, addMonths, later } from './calendar';
import type { NetworkFacts } from './command';

/** R24: which instants a command may name, ends included. */
export interface DateRange {
  readonly from: Instant;
  readonly to: Instant;
}

/** The field that names it, as in the request: `until`, `sessions.0.start`. */
export type DateRefusal = { readonly code: 'date-out-of-range'; readonly field: string } & DateRange;

export const dateRefusalRules = { 'date-out-of-range': 'R24' } as const;

interface Moment {
  readonly at: Instant;
  readonly network: NetworkFacts;
}

/** What is planned lies ahead, as far as policy looks. */
export const plannedRange = ({ at, network }: Moment): DateRange => ({ from: at, to: addMonths(at, network.policy.plannedAheadMonths) });

/** What is reported happened in this network. */
export const reportedRange = ({ at, network }: Moment): DateRange => ({ from: network.openedAt, to: at });

const RECORDED_AFTERWARDS_DAYS = 14;

/** R9: a connection lies ahead, or in the last 14 days when it is recorded afterwards. */
export const connectionRange = (moment: Moment): DateRange => ({
  from: later(moment.network.openedAt, addDays(moment.at, -RECORDED_AFTERWARDS_DAYS)),
  to: plannedRange(moment).to,
});

/** Null where the instant lies within. What is no instant lies nowhere. */
export const dateRefusal = (field: string, instant: Instant, { from, to }: DateRange): DateRefusal | null =>
  from <= instant && instant <= to ? null : { code: 'date-out-of-range', field, from, to };
