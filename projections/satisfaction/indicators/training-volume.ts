import type { ExchangeRole } from '#domain/vocabulary';
import { type FigureContribution, contribution, cellsOf, type Sources } from '../contribution';
import { factsOf } from '../satisfaction.facts';

/** Minutes of one role, from recorded training hours alone; a correction is one more, with the difference (R20). */
export const minutesOf =
  (role: ExchangeRole) =>
  (sources: Sources): readonly FigureContribution[] =>
    sources.exchanges.flatMap((exchange) =>
      factsOf(exchange.facts, 'TrainingHoursRecorded')
        .filter((hours) => hours.role === role)
        .flatMap((hours) =>
          contribution(sources.weeks.inYear(hours.at, [hours.rec]), {
            authors: [hours.memberId],
            judged: [hours.memberId],
            cells: cellsOf(sources.members, { persons: [hours.memberId], known: hours.rec, topicUri: null }),
            evidence: [hours],
            placed: { persons: [hours.memberId], known: hours.rec, exchange },
            hits: hours.minutes,
          }),
        ),
    );
