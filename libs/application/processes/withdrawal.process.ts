import type { ExchangeId, MatchId, MemberId, NetworkId, OfferId, RequestId } from '#domain/ids';
import type { DeclineReason } from '#domain/match/match.events';
import type { Participant } from '#domain/vocabulary';
import type { SentCommand } from '#domain/catalogue';
import { isDue, type Fact, type SavoirsProcess } from './process-types';

type MatchFact = 'MatchOpened' | 'MatchDeclined' | 'MatchConfirmed' | 'MatchExpired' | 'AgreementReached' | 'AgreementNotReached';
type ExchangeFact = 'ExchangeAgreed' | 'ParticipantDropped' | 'ExchangeHeld' | 'ExchangeCancelled' | 'ExchangeInterrupted';
type MemberFact = 'MemberPaused' | 'MemberResumed' | 'MemberSuspended' | 'ReciprocityRestored' | 'MemberLeft';
type OfferFact = 'OfferPublished' | 'OfferResumed' | 'OfferPaused' | 'OfferWithdrawn' | 'OfferLapsed' | 'OfferContestSettled';
type RequestFact =
  | 'RequestPublished'
  | 'RequestResumed'
  | 'RequestReopened'
  | 'RequestMet'
  | 'RequestPaused'
  | 'RequestWithdrawn'
  | 'RequestLapsed'
  | 'RequestContestSettled';
type Handled = MatchFact | ExchangeFact | MemberFact | OfferFact | RequestFact;

/** What stands on one member (`member/…`), offer (`offer/…`) or request (`request/…`): what falls with it when it goes. */
interface StandingRow {
  readonly memberId: MemberId;
  /** Why it is not to be had now: a match that opens meanwhile is declined at once. */
  readonly gone: DeclineReason | null;
  readonly unconfirmed: readonly MatchId[];
  readonly unagreed: readonly MatchId[];
  readonly exchanges: readonly ExchangeId[];
  readonly offers: readonly OfferId[];
  readonly requests: readonly RequestId[];
}

const nothing = (memberId: MemberId): StandingRow => ({
  memberId,
  gone: null,
  unconfirmed: [],
  unagreed: [],
  exchanges: [],
  offers: [],
  requests: [],
});
const placeKey = (place: Participant): string => (place.role === 'giver' ? `offer/${place.offerId}` : `request/${place.requestId}`);
const keysOf = (participants: readonly Participant[]): readonly string[] =>
  participants.flatMap((place) => [`member/${place.memberId}`, placeKey(place)]);

const keys = (event: Fact<Handled>): readonly string[] => {
  switch (event.type) {
    case 'MatchDeclined':
      return [...new Set([...keysOf(event.data.participants), `member/${event.data.memberId}`])];
    case 'MatchConfirmed':
      return keysOf([...event.data.participants, ...event.data.dropped]);
    case 'MatchOpened':
    case 'MatchExpired':
    case 'AgreementReached':
    case 'AgreementNotReached':
    case 'ExchangeAgreed':
    case 'ExchangeHeld':
    case 'ExchangeCancelled':
    case 'ExchangeInterrupted':
      return keysOf(event.data.participants);
    case 'ParticipantDropped':
      return keysOf([event.data.participant]);
    default:
      if ('offerId' in event.data) return [`member/${event.data.memberId}`, `offer/${event.data.offerId}`];
      return 'requestId' in event.data
        ? [`member/${event.data.memberId}`, `request/${event.data.requestId}`]
        : [`member/${event.data.memberId}`];
  }
};

const ownerOf = (event: Fact<Handled>, key: string): MemberId => {
  const [kind, id] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
  if (kind === 'member') return id as MemberId;
  if ('participants' in event.data) return event.data.participants.find((place) => placeKey(place) === key)?.memberId ?? (id as MemberId);
  return event.data.memberId;
};

const plus = <Id>(ids: readonly Id[], id: Id): readonly Id[] => (ids.includes(id) ? ids : [...ids, id]);
const minus = <Id>(ids: readonly Id[], id: Id): readonly Id[] => ids.filter((other) => other !== id);
const closed = (row: StandingRow, matchId: MatchId): StandingRow => ({
  ...row,
  unconfirmed: minus(row.unconfirmed, matchId),
  unagreed: minus(row.unagreed, matchId),
});

const onMatch = (row: StandingRow, event: Fact<MatchFact>, key: string): StandingRow => {
  const { matchId } = event.data;
  switch (event.type) {
    case 'MatchOpened':
      return { ...row, unconfirmed: plus(row.unconfirmed, matchId) };
    case 'MatchConfirmed': {
      const stays = keysOf(event.data.participants).includes(key);
      return stays ? { ...closed(row, matchId), unagreed: plus(row.unagreed, matchId) } : closed(row, matchId);
    }
    case 'MatchDeclined':
      return event.data.ends || key === `member/${event.data.memberId}` ? closed(row, matchId) : row;
    case 'AgreementReached':
      return row;
    default:
      return closed(row, matchId);
  }
};

const onExchange = (row: StandingRow, { type, data }: Fact<ExchangeFact>): StandingRow =>
  type === 'ExchangeAgreed'
    ? { ...closed(row, data.matchId), exchanges: plus(row.exchanges, data.exchangeId) }
    : { ...row, exchanges: minus(row.exchanges, data.exchangeId) };

const onMember = (row: StandingRow, { type }: Fact<MemberFact>): StandingRow => {
  const gone = {
    MemberPaused: 'paused',
    MemberResumed: null,
    MemberSuspended: 'suspended',
    ReciprocityRestored: null,
    MemberLeft: 'left',
  } as const;
  return { ...row, gone: type === 'ReciprocityRestored' && row.gone !== 'suspended' ? row.gone : gone[type] };
};

const isPublication = ({ type }: Fact<Handled>): boolean =>
  ['OfferPublished', 'OfferResumed', 'RequestPublished', 'RequestResumed', 'RequestReopened'].includes(type);

const onPublication = (row: StandingRow, event: Fact<OfferFact | RequestFact>, key: string): StandingRow => {
  const isOffer = 'offerId' in event.data;
  const here = isPublication(event);
  const kept = 'outcome' in event.data && event.data.outcome === 'kept';
  if (kept) return row;
  // A member's row lists what leaving withdraws: paused ones too.
  if (key.startsWith('member/')) {
    const over = !here && event.type !== 'OfferPaused' && event.type !== 'RequestPaused';
    const change = over ? minus : plus;
    return 'offerId' in event.data
      ? { ...row, offers: change(row.offers, event.data.offerId) }
      : { ...row, requests: change(row.requests, event.data.requestId) };
  }
  // Held by nothing any more: what was paused meanwhile stays so.
  if (event.type === 'RequestReopened') return row;
  return { ...row, gone: here ? null : isOffer ? 'offer-gone' : 'request-gone' };
};

const evolve = (row: StandingRow, event: Fact<Handled>, key: string): StandingRow => {
  if (event.type.startsWith('Exchange') || event.type === 'ParticipantDropped') return onExchange(row, event as Fact<ExchangeFact>);
  if (event.type.startsWith('Match') || event.type.startsWith('Agreement')) return onMatch(row, event as Fact<MatchFact>, key);
  return event.type.startsWith('Member') || event.type === 'ReciprocityRestored'
    ? onMember(row, event as Fact<MemberFact>)
    : onPublication(row, event as Fact<OfferFact | RequestFact>, key);
};

const decline = (memberId: MemberId, reason: DeclineReason, matches: readonly MatchId[]): readonly SentCommand[] =>
  matches.map((matchId) => ({ type: 'DeclineMatch', data: { matchId, memberId, reason } }));

const leave = (row: StandingRow): readonly SentCommand[] => [
  ...decline(row.memberId, 'left', [...row.unconfirmed, ...row.unagreed]),
  ...row.exchanges.map(
    (exchangeId) => ({ type: 'DropOut', data: { exchangeId, memberId: row.memberId, reason: 'left-network' } }) as const,
  ),
  ...row.offers.map((offerId) => ({ type: 'WithdrawOffer', data: { offerId } }) as const),
  ...row.requests.map((requestId) => ({ type: 'WithdrawRequest', data: { requestId } }) as const),
];

/** R9: a mediator is an enrolled member. */
const handOver = ({ data, meta }: Fact<'MemberLeft'>): SentCommand => ({
  type: 'RemoveMediator',
  data: { networkId: meta.network as NetworkId, memberId: data.memberId },
});

const react = (row: StandingRow, event: Fact<Handled>, key: string): readonly SentCommand[] => {
  if (row.gone === null) return [];
  if (event.type === 'MatchOpened') return decline(row.memberId, row.gone, [event.data.matchId]);
  if (event.type === 'MemberLeft') return [...leave(row), handOver(event)];
  // An exchange or a match agreed in the same moment as its participant left.
  if (row.gone === 'left' && event.type === 'ExchangeAgreed')
    return leave({ ...row, offers: [], requests: [], unconfirmed: [], unagreed: [] });
  // One published in the same moment, or from an enrolment whose author left at once.
  if (row.gone === 'left' && key.startsWith('member/') && isPublication(event))
    return leave({ ...row, exchanges: [], unconfirmed: [], unagreed: [] });
  if (row.gone === 'left' && event.type === 'MatchConfirmed') return decline(row.memberId, 'left', [event.data.matchId]);
  const own = event.type === 'MemberPaused' || event.type === 'MemberSuspended' || !key.startsWith('member/');
  return own && !('participants' in event.data) ? decline(row.memberId, row.gone, row.unconfirmed) : [];
};

/** §3 consequences of a pause, a suspension, a withdrawal or a leaving: what counts as the author's decline, and what leaving takes along. */
export const withdrawal: SavoirsProcess<Handled, StandingRow> = {
  name: 'withdrawal',
  version: 1,
  handles: {
    MatchOpened: true,
    MatchDeclined: true,
    MatchConfirmed: true,
    MatchExpired: true,
    AgreementReached: true,
    AgreementNotReached: true,
    ExchangeAgreed: true,
    ParticipantDropped: true,
    ExchangeHeld: true,
    ExchangeCancelled: true,
    ExchangeInterrupted: true,
    MemberPaused: true,
    MemberResumed: true,
    MemberSuspended: true,
    ReciprocityRestored: true,
    MemberLeft: true,
    OfferPublished: true,
    OfferResumed: true,
    OfferPaused: true,
    OfferWithdrawn: true,
    OfferLapsed: true,
    OfferContestSettled: true,
    RequestPublished: true,
    RequestResumed: true,
    RequestReopened: true,
    RequestMet: true,
    RequestPaused: true,
    RequestWithdrawn: true,
    RequestLapsed: true,
    RequestContestSettled: true,
  },
  keys,
  evolve: (row, event, key) => ({ row: evolve(row ?? nothing(ownerOf(event, key)), event, key) }),
  react: (row, cause, key) => (isDue(cause) ? [] : react(row, cause, key)),
};
