import type { ExchangeRole } from '#domain/vocabulary';
import { type Ballot, ballot, cellsOf, type Sources } from '../ballot';
import { factsOf } from '../satisfaction.facts';

/** Minutes of one role, from recorded training hours alone; a correction is one more, with the difference (R20). */
export const minutesOf =
  (role: ExchangeRole) =>
  (sources: Sources): readonly Ballot[] =>
    sources.exchanges.flatMap((exchange) =>
      factsOf(exchange.facts, 'TrainingHoursRecorded')
        .filter((hours) => hours.role === role)
        .flatMap((hours) =>
          ballot(sources.weeks.inYear(hours.at, [hours.rec]), {
            authors: [hours.memberId],
            judged: [hours.memberId],
            cells: cellsOf(sources.members, { persons: [hours.memberId], known: hours.rec, topicUri: null }),
            opens: [hours],
            placed: { persons: [hours.memberId], known: hours.rec, exchange },
            hits: hours.minutes,
          }),
        ),
    );
