import { publishedEvents } from '#domain/event-types';
import type { Recorded } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { MatchEvent } from '#domain/match/match.events';
import type { MemberEvent } from '#domain/member/member.events';
import type { OfferEvent } from '#domain/offer/offer.events';
import type { RequestEvent } from '#domain/request/request.events';
import { foldEntry, type PoolEntry } from './entry.fold';
import { foldMember, type PoolMember } from './member.fold';
import { foldPair, pairKeysOf, type PairRow } from './pair.fold';

export type PoolRow = PoolEntry | PoolMember | PairRow;

export type PoolEvent =
  | Exclude<OfferEvent, { type: 'OfferDrafted' }>
  | Exclude<RequestEvent, { type: 'RequestDrafted' }>
  | Extract<
      MemberEvent,
      {
        type:
          | 'MemberEnrolled'
          | 'MemberPaused'
          | 'MemberResumed'
          | 'MemberSuspended'
          | 'MemberLeft'
          | 'ReciprocityRestored'
          | 'CapacitySet'
          | 'EngagementReserved'
          | 'EngagementReleased'
          | 'PersonalDataErased';
      }
    >
  | Extract<MatchEvent, { type: 'MatchDeclined' | 'MatchConfirmed' | 'MatchExpired' | 'AgreementNotReached' }>
  | Extract<ExchangeEvent, { type: 'ParticipantDropped' | 'ExchangeHeld' | 'ExchangeCancelled' | 'ExchangeInterrupted' }>;

export type PairEvent = Extract<PoolEvent, { data: { participants: unknown } | { participant: unknown } }>;

const isPair = (event: Recorded<PoolEvent>): event is Recorded<PairEvent> => 'participants' in event.data || 'participant' in event.data;

const keys = (event: Recorded<PoolEvent>): readonly string[] => {
  if (isPair(event)) return pairKeysOf(event);
  const { data, meta } = event;
  // Engagements name an offer or a request, but stand on the member's stream.
  if (meta.stream.startsWith('member-')) return [`member/${data.memberId}`];
  return 'offerId' in data ? [`offer/${data.offerId}`] : [`request/${'requestId' in data ? data.requestId : ''}`];
};

const fold = (row: PoolRow | undefined, event: Recorded<PoolEvent>, key: string): PoolRow | null => {
  if (key.startsWith('pair/')) return foldPair(row as PairRow | undefined, event as Recorded<PairEvent>, key);
  return key.startsWith('member/')
    ? foldMember(row as PoolMember | undefined, event as Recorded<MemberEvent>)
    : foldEntry(row as PoolEntry | undefined, event as Recorded<OfferEvent | RequestEvent>);
};

/** What a matching round reads, and nothing more: no name, no trait, no grade (R17). */
export const matchingPool: Projection<PoolEvent, PoolRow> = {
  name: 'matching-pool',
  version: 5,
  handles: {
    ...publishedEvents,
    MemberEnrolled: true,
    MemberPaused: true,
    MemberResumed: true,
    MemberSuspended: true,
    MemberLeft: true,
    ReciprocityRestored: true,
    CapacitySet: true,
    EngagementReserved: true,
    EngagementReleased: true,
    PersonalDataErased: true,
    MatchDeclined: true,
    MatchConfirmed: true,
    MatchExpired: true,
    AgreementNotReached: true,
    ParticipantDropped: true,
    ExchangeHeld: true,
    ExchangeCancelled: true,
    ExchangeInterrupted: true,
  },
  keys,
  evolve: (row, event, key) => ({ row: fold(row, event, key), evidence: [event.meta.eventId] }),
};
