import type { Day } from '#kernel/id';
import type { Projection } from '#kernel/projection';
import type { SavoirsEvent } from '#domain/catalogue';
import type { ExchangeId, MemberId, NetworkId, SessionId } from '#domain/ids';
import type { ExchangeRole } from '#domain/vocabulary';

export type HoursEvent = Extract<SavoirsEvent, { type: 'TrainingHoursRecorded' | 'NetworkOpened' | 'PolicyChanged' }>;

/** Minutes of one member in one role at one session, corrections included: no topic, no partner. */
export interface HoursRow {
  readonly kind: 'hours';
  readonly networkId: NetworkId;
  readonly memberId: MemberId;
  readonly exchangeId: ExchangeId;
  readonly sessionId: SessionId;
  readonly role: ExchangeRole;
  readonly date: Day;
  readonly minutes: number;
  readonly minutesOutside: number;
}

/** Under which name hours are reported, and when a member is warned. */
export interface LabelRow {
  readonly kind: 'label';
  readonly networkId: NetworkId;
  readonly label: string;
  readonly warnOutsideHours: readonly number[];
}

export type TrainingHoursRow = HoursRow | LabelRow;
type Hours = Extract<HoursEvent, { type: 'TrainingHoursRecorded' }>['data'];

const added = (row: TrainingHoursRow | undefined, data: Hours): HoursRow => {
  const { networkId, memberId, exchangeId, sessionId, role, date, minutes, minutesOutside } = data;
  const before = row?.kind === 'hours' ? row : { minutes: 0, minutesOutside: 0 };
  return {
    kind: 'hours',
    networkId,
    memberId,
    exchangeId,
    sessionId,
    role,
    date,
    minutes: before.minutes + minutes,
    minutesOutside: before.minutesOutside + minutesOutside,
  };
};

/** Hours exist only once recorded; a correction is one more fact, with the difference (R20). Evidence lets an auditor open each. */
export const trainingHours: Projection<HoursEvent, TrainingHoursRow> = {
  name: 'training-hours',
  version: 2,
  handles: { TrainingHoursRecorded: true, NetworkOpened: true, PolicyChanged: true },
  keys: ({ type, data }) => [
    type === 'TrainingHoursRecorded' ? `${data.memberId}/${data.role}/${data.date}/${data.sessionId}` : `network/${data.networkId}`,
  ],
  evolve: (row, { type, data, meta }) => {
    if (type === 'TrainingHoursRecorded') return { row: added(row, data), evidence: [meta.eventId] };
    const { trainingLabel: label, warnOutsideHours } = data.policy;
    return { row: { kind: 'label', networkId: data.networkId, label, warnOutsideHours } };
  },
};
