import { memberEvents, offerEvents, requestEvents, matchEvents } from '#domain/event-types';
import type { Recorded } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { MatchEvent } from '#domain/match/match.events';
import type { MemberEvent } from '#domain/member/member.events';
import type { OfferEvent } from '#domain/offer/offer.events';
import type { RequestEvent } from '#domain/request/request.events';
import { foldEntry, type EntryRow } from './entry.fold';
import { foldExchange, foldMatch, type MeetingRow } from './meeting.fold';
import { foldMember, type MemberRow } from './member.fold';

export type PageRow = MemberRow | EntryRow | MeetingRow;
export type PageEvent =
  | MemberEvent
  | OfferEvent
  | RequestEvent
  | MatchEvent
  | Extract<
      ExchangeEvent,
      {
        type:
          | 'ExchangeAgreed'
          | 'ParticipantDropped'
          | 'SessionHeld'
          | 'ExchangeHeld'
          | 'ExchangeClosed'
          | 'ExchangeCancelled'
          | 'ExchangeInterrupted'
          | 'ExchangeDisputed'
          | 'DisputeSettled';
      }
    >;

/** An event's stream names its aggregate: `match-…`, `member-…`. */
const keyOf = ({ meta }: Recorded<PageEvent>): string => meta.stream.replace('-', '/');

const fold = (row: PageRow | undefined, event: Recorded<PageEvent>, key: string): PageRow | null => {
  switch (key.slice(0, key.indexOf('/'))) {
    case 'member':
      return foldMember(row as MemberRow | undefined, event as Recorded<MemberEvent>);
    case 'match':
      return foldMatch(row as MeetingRow | undefined, event as Recorded<MatchEvent>);
    case 'exchange':
      return foldExchange(row as MeetingRow | undefined, event as Recorded<ExchangeEvent>);
    default:
      return foldEntry(row as EntryRow | undefined, event as Recorded<OfferEvent | RequestEvent>);
  }
};

/** A member's own page: who they are here, what they offer and seek, which matches and exchanges they have a place in. */
export const memberPage: Projection<PageEvent, PageRow> = {
  name: 'member-page',
  version: 7,
  handles: {
    ...memberEvents,
    ...offerEvents,
    ...requestEvents,
    ...matchEvents,
    ExchangeAgreed: true,
    ParticipantDropped: true,
    SessionHeld: true,
    ExchangeHeld: true,
    ExchangeClosed: true,
    ExchangeCancelled: true,
    ExchangeInterrupted: true,
    ExchangeDisputed: true,
    DisputeSettled: true,
  },
  keys: (event) => [keyOf(event)],
  evolve: (row, event, key) => ({ row: fold(row, event, key), evidence: [event.meta.eventId] }),
};
