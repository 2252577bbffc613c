import type { SavoirsEvent } from '#domain/catalogue';
import type { AnyReadModel, ReadModel } from '#read-store/read-model';

type Hours = Extract<SavoirsEvent, { type: 'TrainingHoursRecorded' }>;

export interface SumsRow {
  readonly minutes: number;
  readonly times: number;
  /** The version that made the row: whoever reads it sees which table it came from. */
  readonly made: number;
}

export const NAME = 'sums';

const version = (number: number): ReadModel<Hours, SumsRow> => ({
  projection: {
    name: NAME,
    version: number,
    handles: { TrainingHoursRecorded: true },
    keys: ({ data }) => [data.memberId],
    evolve: (row, { data, meta }) => ({
      row: { minutes: (row?.minutes ?? 0) + data.minutes, times: (row?.times ?? 0) + 1, made: number },
      evidence: [meta.eventId],
    }),
  },
  columns: {
    minutes: { type: 'integer', of: ({ minutes }) => minutes },
    times: { type: 'integer', of: ({ times }) => times },
    made: { type: 'integer', of: ({ made }) => made },
  },
  indexes: [],
  differs: { fields: ['made', 'row.made'], because: 'each version says that it made the row' },
});

/** Sums of minutes in one version after another: code keeps the version before. */
export const sumsModel = (number: number): AnyReadModel => ({
  ...(version(number) as AnyReadModel),
  ...(number > 1 ? { previous: version(number - 1) as AnyReadModel } : {}),
});
