import type { Dated, Fact, FactsByKind } from '../risk.facts';

type EntryFact = FactsByKind['offer'] | FactsByKind['request'];

/** An offer or a request as the facts recorded by D tell. */
export interface EntryAt {
  readonly id: string;
  readonly memberId: string;
  readonly topicUri: string | null;
  /** Review due counts as published (R2); a contested one stands until it is taken down (R14). */
  readonly published: boolean;
  /** Requests: held by a match. */
  readonly matched: boolean;
  /** First publication, from which a request's age counts; null for a draft. */
  readonly first: Dated | null;
  /** Last publication or confirmation. */
  readonly confirmed: Dated | null;
  readonly facts: readonly EntryFact[];
}

type Published = Fact<'offer', 'OfferPublished'> | Fact<'request', 'RequestPublished'>;

const publish = (state: EntryAt, fact: Published): EntryAt => ({
  ...state,
  memberId: fact.memberId,
  topicUri: fact.topicUri,
  published: true,
  first: state.first ?? fact,
  confirmed: fact,
});

const evolve = (state: EntryAt, fact: EntryFact): EntryAt => {
  switch (fact.is) {
    case 'OfferPublished':
    case 'RequestPublished':
      return publish(state, fact);
    case 'OfferRevised':
    case 'RequestRevised':
      return { ...state, topicUri: fact.topicUri };
    case 'OfferConfirmed':
    case 'RequestConfirmed':
      return { ...state, published: true, confirmed: fact };
    case 'OfferResumed':
      return { ...state, published: true };
    // §3: a match that holds it goes on holding it.
    case 'RequestResumed':
      return { ...state, published: true, matched: fact.held };
    case 'OfferContestSettled':
    case 'RequestContestSettled':
      return fact.outcome === 'taken-down' ? { ...state, published: false } : state;
    case 'OfferLapsed':
    case 'OfferPaused':
    case 'OfferWithdrawn':
    case 'RequestLapsed':
    case 'RequestPaused':
    case 'RequestWithdrawn':
    case 'RequestMet':
      return { ...state, published: false };
    case 'RequestMatched':
      return { ...state, matched: true };
    case 'RequestReopened':
      return { ...state, matched: false };
  }
};

export const entryAt = (id: string, facts: readonly EntryFact[]): EntryAt =>
  facts.reduce(evolve, { id, memberId: '', topicUri: null, published: false, matched: false, first: null, confirmed: null, facts });
