import type { MatchId, MemberId, OfferId, RequestId } from '#domain/ids';
import { ofType, type Fact } from './question';
import { distinct } from './sets';

const offerFacts = (facts: readonly Fact[]) =>
  ofType(
    facts,
    ...(['OfferPublished', 'OfferRevised', 'OfferConfirmed', 'OfferLapsed', 'OfferPaused', 'OfferResumed', 'OfferWithdrawn'] as const),
    'OfferContestSettled',
  );

const requestFacts = (facts: readonly Fact[]) =>
  ofType(
    facts,
    ...(['RequestPublished', 'RequestRevised', 'RequestConfirmed', 'RequestLapsed', 'RequestPaused', 'RequestResumed'] as const),
    ...(['RequestWithdrawn', 'RequestContestSettled', 'RequestMatched', 'RequestMet', 'RequestReopened'] as const),
  );

type OfferFact = ReturnType<typeof offerFacts>[number];
type RequestFact = ReturnType<typeof requestFacts>[number];
type EntryFact = OfferFact | RequestFact;

/** Review due counts as published (R2); so does what is contested, until that is settled. */
const isListed = (history: readonly EntryFact[]): boolean =>
  history.reduce((listed, fact) => {
    if (fact.type === 'OfferContestSettled' || fact.type === 'RequestContestSettled') return listed && fact.data.outcome === 'kept';
    if (/Published$|Resumed$|Confirmed$/.test(fact.type)) return true;
    return listed && !/Lapsed$|Paused$|Withdrawn$|Met$/.test(fact.type);
  }, false);

/** The match that holds it, by the last that was told of it. */
const holderOf = (history: readonly EntryFact[]): MatchId | null =>
  history.reduce<MatchId | null>((holder, fact) => {
    if (fact.type === 'RequestMatched') return fact.data.matchId;
    if (fact.type === 'RequestResumed') return fact.data.heldBy;
    return fact.type === 'RequestReopened' || fact.type === 'RequestMet' ? null : holder;
  }, null);

const topicOf = (history: readonly EntryFact[]): string | null =>
  history.reduce<string | null>((uri, fact) => ('content' in fact.data ? fact.data.content.topic.uri : uri), null);

/** An offer or a request that was published once, with all that became of it. */
export interface Entry {
  readonly id: OfferId | RequestId;
  readonly memberId: MemberId;
  readonly topic: string | null;
  readonly history: readonly EntryFact[];
}

const idOf = ({ data }: EntryFact): Entry['id'] => ('offerId' in data ? data.offerId : data.requestId);

/** Nobody but its author knows of a draft. */
const isKnown = ({ history }: Pick<Entry, 'history'>): boolean => history.some(({ type }) => /Published$/.test(type));

const entriesIn = (all: readonly EntryFact[]): readonly Entry[] =>
  distinct(all.map(idOf))
    .map((id) => ({ id, history: all.filter((fact) => idOf(fact) === id) }))
    .filter(isKnown)
    .map(({ id, history }) => ({ id, history, memberId: history[0]!.data.memberId, topic: topicOf(history) }));

export const offersIn = (facts: readonly Fact[]): readonly Entry[] => entriesIn(offerFacts(facts));
export const requestsIn = (facts: readonly Fact[]): readonly Entry[] => entriesIn(requestFacts(facts));

/** Offers that are in the directory. */
export const publishedOffers = (facts: readonly Fact[]): readonly Entry[] => offersIn(facts).filter(({ history }) => isListed(history));

/** Open: published or review due, and no match holds them. */
export const openRequests = (facts: readonly Fact[]): readonly Entry[] =>
  requestsIn(facts).filter(({ history }) => isListed(history) && holderOf(history) === null);

export const historyOf = (entries: readonly Entry[]): readonly Fact[] => entries.flatMap(({ history }) => history);
export const authorsOf = (entries: readonly Entry[]): readonly MemberId[] => distinct(entries.map(({ memberId }) => memberId));
