import type { ReadModel } from '#read-store/read-model';
import { type HoursEvent, type HoursRow, trainingHours, type TrainingHoursRow } from './training-hours.projection';

const ofHours =
  <T>(of: (row: HoursRow) => T) =>
  (row: TrainingHoursRow): T | null =>
    row.kind === 'hours' ? of(row) : null;

export const trainingHoursModel: ReadModel<HoursEvent, TrainingHoursRow> = {
  projection: trainingHours,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    kind: { type: 'text', of: (row) => row.kind },
    member_id: { type: 'text', of: ofHours((row) => row.memberId) },
    exchange_id: { type: 'text', of: ofHours((row) => row.exchangeId) },
    session_id: { type: 'text', of: ofHours((row) => row.sessionId) },
    role: { type: 'text', of: ofHours((row) => row.role) },
    date: { type: 'text', of: ofHours((row) => row.date) },
    minutes: { type: 'integer', of: ofHours((row) => row.minutes) },
    minutes_outside: { type: 'integer', of: ofHours((row) => row.minutesOutside) },
  },
  indexes: ["(network_id, date, member_id, role) WHERE kind = 'hours'", "(member_id, date) WHERE kind = 'hours'"],
};
