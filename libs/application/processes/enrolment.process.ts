import { addMinutes, later } from '#domain/calendar';
import type { MemberId } from '#domain/ids';
import type { DraftedOffer, DraftedRequest } from '#domain/vocabulary';
import type { SentCommand } from '#domain/catalogue';
import { isDue, type SavoirsProcess } from './process-types';

type Handled = 'MembershipRequested' | 'MemberEnrolled' | 'ErasureApproved' | 'ErasureDeferred' | 'PersonalDataErased';

interface EnrolmentRow {
  readonly memberId: MemberId;
  /** What an erasure that falls due here is done for. */
  readonly ground: 'entry-not-confirmed' | 'approved';
  /** An erasure that nobody has approved yet is ordered by nobody, however its legal hold ends. */
  readonly ordered: boolean;
}

const publish = (memberId: MemberId, offers: readonly DraftedOffer[], requests: readonly DraftedRequest[]): readonly SentCommand[] => [
  ...offers.map(({ offerId, content }) => ({ type: 'PublishOffer', data: { offerId, memberId, content } }) as const),
  ...requests.map(({ requestId, content }) => ({ type: 'PublishRequest', data: { requestId, memberId, content } }) as const),
];

const erase = ({ memberId, ground }: EnrolmentRow): SentCommand => ({ type: 'ErasePersonalData', data: { memberId, ground } });

/** Longer than any process may hold a destroyed key: the order is given again until the erasure is recorded. */
const AGAIN_MINUTES = 2;

/** R1: the first offers and requests are published from the enrolment. R6: an entry on behalf nobody confirms is erased. R19: an approved erasure is carried out. */
export const enrolment: SavoirsProcess<Handled, EnrolmentRow> = {
  name: 'enrolment',
  version: 1,
  handles: { MembershipRequested: true, MemberEnrolled: true, ErasureApproved: true, ErasureDeferred: true, PersonalDataErased: true },
  keys: ({ data }) => [data.memberId],
  evolve: (before, { type, data, meta }) => {
    const row: EnrolmentRow = { memberId: data.memberId, ground: 'approved', ordered: false };
    switch (type) {
      case 'MembershipRequested':
        return { row: { ...row, ground: 'entry-not-confirmed', ordered: data.confirmBy !== null }, due: { erasure: data.confirmBy } };
      case 'ErasureDeferred': {
        const held = before ?? row;
        return { row: held, due: { erasure: held.ordered ? data.until : null } };
      }
      case 'ErasureApproved':
        return { row: { ...row, ordered: true }, due: { erasure: addMinutes(meta.recordedAt, AGAIN_MINUTES) } };
      case 'MemberEnrolled':
        return { row, due: { erasure: null } };
      case 'PersonalDataErased':
        return { row: null };
    }
  },
  // From now on: what fell due while nothing ran is not made up for, step by step.
  next: (_, { at }, now) => ({ erasure: addMinutes(later(at, now), AGAIN_MINUTES) }),
  react: (row, cause) => {
    if (isDue(cause) || cause.type === 'ErasureApproved') return [erase(row)];
    return cause.type === 'MemberEnrolled' ? publish(row.memberId, cause.data.offers, cause.data.requests) : [];
  },
};
