import type { Recorded } from '#kernel/message';
import type { OfferEvent } from '#domain/offer/offer.events';
import type { RequestEvent } from '#domain/request/request.events';
import { lastChanged, opened, type CaseRow } from './case.row';

export type ContestEvent =
  | Extract<
      OfferEvent,
      { type: 'OfferPublished' | 'OfferRevised' | 'OfferContested' | 'OfferContestSettled' | 'OfferWithdrawn' | 'OfferLapsed' }
    >
  | Extract<
      RequestEvent,
      {
        type:
          | 'RequestPublished'
          | 'RequestRevised'
          | 'RequestContested'
          | 'RequestContestSettled'
          | 'RequestWithdrawn'
          | 'RequestLapsed'
          | 'RequestMet';
      }
    >;

const begun = ({ data }: Recorded<ContestEvent>): CaseRow => ({
  of: 'offerId' in data ? 'offer' : 'request',
  id: 'offerId' in data ? data.offerId : data.requestId,
  networkId: data.networkId,
  named: [data.memberId],
  content: null,
  exchangeId: null,
  indicator: null,
  cases: [],
});

/** An offer or a request with its words, so that whoever settles a contest reads what is contested (R14). */
export const foldContest = (before: CaseRow | undefined, event: Recorded<ContestEvent>): CaseRow => {
  const row = before ?? begun(event);
  switch (event.type) {
    case 'OfferPublished':
    case 'OfferRevised':
    case 'RequestPublished':
    case 'RequestRevised': {
      const { wording, topic } = event.data.content;
      return { ...row, content: { wording, topic: topic.text } };
    }
    case 'OfferContested':
    case 'RequestContested': {
      const { kind: matter, by, text, settleBy } = event.data;
      return { ...row, cases: [...row.cases, opened({ matter, by, text, settleBy }, { id: row.id, at: event.meta.occurredAt })] };
    }
    case 'OfferContestSettled':
    case 'RequestContestSettled':
      return lastChanged(row, { state: 'settled', outcome: event.data.outcome, settlement: event.data.text });
    case 'OfferWithdrawn':
    case 'OfferLapsed':
    case 'RequestWithdrawn':
    case 'RequestLapsed':
    case 'RequestMet':
      return lastChanged(row, { state: 'settled', outcome: 'ended' });
  }
};
