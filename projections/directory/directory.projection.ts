import { publishedEvents } from '#domain/event-types';
import type { Instant } from '#kernel/id';
import type { Personal, Recorded } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { MemberId, NetworkId } from '#domain/ids';
import type { MemberEvent } from '#domain/member/member.events';
import type { OfferEvent } from '#domain/offer/offer.events';
import type { RequestEvent } from '#domain/request/request.events';
import type { HalfDay, Language, Level, OfferContent, PlaceOfExchange, RequestContent } from '#domain/vocabulary';

/** An offer or request as the directory lists it; texts are references. */
export interface EntryRow {
  readonly kind: 'offer' | 'request';
  readonly id: string;
  readonly networkId: NetworkId;
  readonly memberId: MemberId;
  readonly wording: Personal;
  readonly topicText: Personal;
  readonly topicUri: string | null;
  readonly level: Level;
  readonly language: Language;
  readonly place: PlaceOfExchange;
  readonly site: string | null;
  readonly availability: readonly HalfDay[];
  readonly smallestGroup: number;
  readonly largestGroup: number;
  /** The author is shown: always for an offer, for a request where they chose so. */
  readonly authorShown: boolean;
  readonly publishedAt: Instant;
  readonly reviewDueAt: Instant;
  /** Published, review due included; a contested one stays listed until it is settled. */
  readonly listed: boolean;
  /** A request held by a match is listed, marked. */
  readonly matched: boolean;
  readonly contested: boolean;
}

/** An author: who is away is in no new proposal (R16), and the directory says so by leaving their entries out. */
export interface AuthorRow {
  readonly kind: 'member';
  readonly networkId: NetworkId;
  readonly name: Personal | null;
  readonly site: string;
  readonly unit: string;
  /** Null where they are not; outside: not entered yet, left, erased. */
  readonly away: 'paused' | 'suspended' | 'outside' | null;
}

export type DirectoryRow = EntryRow | AuthorRow;

type AuthorFact = Extract<
  MemberEvent,
  {
    type:
      | 'MembershipRequested'
      | 'MemberEnrolled'
      | 'ProfileChanged'
      | 'MemberPaused'
      | 'MemberResumed'
      | 'MemberSuspended'
      | 'ReciprocityRestored'
      | 'MemberLeft'
      | 'PersonalDataErased';
  }
>;
type EntryFact = Exclude<OfferEvent | RequestEvent, { type: 'OfferDrafted' | 'RequestDrafted' }>;
export type DirectoryEvent = AuthorFact | EntryFact;

type Course = Pick<EntryRow, 'publishedAt' | 'reviewDueAt' | 'listed' | 'matched' | 'contested'>;

const described = (data: EntryFact['data'], content: OfferContent | RequestContent, course: Course): EntryRow => ({
  kind: 'offerId' in data ? 'offer' : 'request',
  id: 'offerId' in data ? data.offerId : data.requestId,
  networkId: data.networkId,
  memberId: data.memberId,
  wording: content.wording,
  topicText: content.topic.text,
  topicUri: content.topic.uri,
  level: content.level,
  language: content.language,
  place: content.place,
  site: content.site,
  availability: content.availability,
  smallestGroup: 'smallestGroup' in content ? content.smallestGroup : 1,
  largestGroup: 'largestGroup' in content ? content.largestGroup : 1,
  authorShown: 'authorShown' in content ? content.authorShown : true,
  publishedAt: course.publishedAt,
  reviewDueAt: course.reviewDueAt,
  listed: course.listed,
  matched: course.matched,
  contested: course.contested,
});

const published = (
  { data, meta }: Extract<Recorded<EntryFact>, { type: 'OfferPublished' | 'RequestPublished' }>,
  before: EntryRow | undefined,
): EntryRow => {
  const { reviewDueAt } = data;
  const publishedAt = before?.publishedAt ?? meta.occurredAt;
  return described(data, data.content, { publishedAt, reviewDueAt, listed: true, matched: false, contested: false });
};

const entry = (row: EntryRow | undefined, event: Recorded<EntryFact>): EntryRow | null => {
  if (event.type === 'OfferPublished' || event.type === 'RequestPublished') return published(event, row);
  if (!row) return null;
  switch (event.type) {
    case 'OfferRevised':
    case 'RequestRevised':
      return described(event.data, event.data.content, row);
    case 'OfferConfirmed':
    case 'OfferResumed':
    case 'RequestConfirmed':
      return { ...row, listed: true, reviewDueAt: event.data.reviewDueAt };
    // §3: a match that holds it goes on holding it.
    case 'RequestResumed':
      return { ...row, listed: true, matched: event.data.heldBy !== null, reviewDueAt: event.data.reviewDueAt };
    case 'OfferPaused':
    case 'RequestPaused':
      return { ...row, listed: false };
    case 'OfferContested':
    case 'RequestContested':
      return { ...row, contested: true };
    case 'OfferContestSettled':
    case 'RequestContestSettled':
      return event.data.outcome === 'kept' ? { ...row, contested: false } : null;
    case 'RequestMatched':
      return { ...row, matched: true };
    case 'RequestReopened':
      return { ...row, matched: false };
    case 'OfferReviewDue':
    case 'RequestReviewDue':
      return row;
    case 'OfferLapsed':
    case 'OfferWithdrawn':
    case 'RequestLapsed':
    case 'RequestWithdrawn':
    case 'RequestMet':
      return null;
  }
};

const author = (row: AuthorRow | undefined, { type, data }: Recorded<AuthorFact>): AuthorRow | null => {
  switch (type) {
    case 'MembershipRequested':
    case 'ProfileChanged':
      return {
        kind: 'member',
        networkId: data.networkId,
        name: data.profile.name,
        site: data.profile.site,
        unit: data.profile.unit,
        away: row ? row.away : 'outside',
      };
    case 'MemberEnrolled':
      return { kind: 'member', networkId: data.networkId, name: row?.name ?? null, site: data.site, unit: data.unit, away: null };
    case 'MemberResumed':
      return row ? { ...row, away: null } : null;
    // R2: it ends a suspension; who is paused stays so until the pause ends
    case 'ReciprocityRestored':
      return row ? { ...row, away: row.away === 'suspended' ? null : row.away } : null;
    case 'MemberPaused':
      return row ? { ...row, away: 'paused' } : null;
    case 'MemberSuspended':
      return row ? { ...row, away: 'suspended' } : null;
    case 'MemberLeft':
      return row ? { ...row, away: 'outside' } : null;
    case 'PersonalDataErased':
      return row ? { ...row, away: 'outside', name: null } : null;
  }
};

/**
 * When it was published, as the directory shows and sorts by it. An enrolment publishes an offer and a request together: of one whose author
 * chose not to be shown it shows the day alone, so that the offer published with it does not give the author away (§7).
 */
export const publishedAtOf = ({ publishedAt, authorShown }: EntryRow): Instant =>
  authorShown ? publishedAt : (`${publishedAt.slice(0, 10)}T00:00:00.000Z` as Instant);

/** What can be learnt and what is sought, here and now. */
export const directory: Projection<DirectoryEvent, DirectoryRow> = {
  name: 'directory',
  version: 3,
  handles: {
    ...publishedEvents,
    MembershipRequested: true,
    MemberEnrolled: true,
    ProfileChanged: true,
    MemberPaused: true,
    MemberResumed: true,
    MemberSuspended: true,
    ReciprocityRestored: true,
    MemberLeft: true,
    PersonalDataErased: true,
  },
  keys: ({ data }) => {
    if ('offerId' in data) return [`offer/${data.offerId}`];
    return 'requestId' in data ? [`request/${data.requestId}`] : [`member/${data.memberId}`];
  },
  evolve: (row, event) => {
    const isEntry = 'offerId' in event.data || 'requestId' in event.data;
    const after = isEntry
      ? entry(row as EntryRow | undefined, event as Recorded<EntryFact>)
      : author(row as AuthorRow | undefined, event as Recorded<AuthorFact>);
    return { row: after, evidence: [event.meta.eventId] };
  },
};
