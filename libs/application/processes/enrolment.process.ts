import type { MemberId } from '#domain/ids';
import type { DraftedOffer, DraftedRequest } from '#domain/vocabulary';
import type { SavoirsOrder } from '#domain/catalogue';
import { isDue, type SavoirsProcess } from './process-types';

type Handled = 'MembershipRequested' | 'MemberEnrolled' | 'ErasureApproved' | 'ErasureDeferred' | 'PersonalDataErased';

interface EnrolmentRow {
  readonly memberId: MemberId;
}

const publish = (memberId: MemberId, offers: readonly DraftedOffer[], requests: readonly DraftedRequest[]): readonly SavoirsOrder[] => [
  ...offers.map(({ offerId, content }) => ({ type: 'PublishOffer', data: { offerId, memberId, content } }) as const),
  ...requests.map(({ requestId, content }) => ({ type: 'PublishRequest', data: { requestId, memberId, content } }) as const),
];

/** R1: the first offers and requests are published from the enrolment. R6: an entry on behalf nobody confirms is erased. R19: an approved erasure is carried out. */
export const enrolment: SavoirsProcess<Handled, EnrolmentRow> = {
  name: 'enrolment',
  version: 1,
  handles: { MembershipRequested: true, MemberEnrolled: true, ErasureApproved: true, ErasureDeferred: true, PersonalDataErased: true },
  keys: ({ data }) => [data.memberId],
  evolve: (row, event) => {
    const kept = row ?? { memberId: event.data.memberId };
    if (event.type === 'MembershipRequested') return { row: kept, due: { entry: event.data.confirmBy } };
    if (event.type === 'ErasureDeferred') return { row: kept, due: { hold: event.data.until } };
    return { row: event.type === 'PersonalDataErased' ? null : kept, due: { entry: null, hold: null } };
  },
  react: ({ memberId }, cause) => {
    if (isDue(cause))
      return [{ type: 'ErasePersonalData', data: { memberId, ground: cause.name === 'entry' ? 'entry-not-confirmed' : 'approved' } }];
    if (cause.type === 'MemberEnrolled') return publish(memberId, cause.data.offers, cause.data.requests);
    return cause.type === 'ErasureApproved' ? [{ type: 'ErasePersonalData', data: { memberId, ground: 'approved' } }] : [];
  },
};
