import type { MemberId } from '#domain/ids';
import type { SentCommand } from '#domain/catalogue';
import type { Instant } from '#kernel/id';
import type { DueTimes } from '#kernel/process';
import { isDue, type Fact, type SavoirsProcess } from './process-types';

type OfferFact = 'OfferPublished' | 'OfferPaused' | 'OfferResumed' | 'OfferLapsed' | 'OfferWithdrawn' | 'OfferContestSettled';
type RequestFact =
  | 'RequestPublished'
  | 'RequestPaused'
  | 'RequestResumed'
  | 'RequestLapsed'
  | 'RequestWithdrawn'
  | 'RequestContestSettled'
  | 'RequestMet'
  | 'RequestReopened';
type MemberFact = 'MemberPaused' | 'MemberResumed' | 'ReciprocityLost' | 'ReciprocityRestored' | 'MemberSuspended' | 'MemberLeft';
type Handled = OfferFact | RequestFact | MemberFact;

interface ReciprocityRow {
  readonly memberId: MemberId;
  /** Published offers, review due included; open requests, matched included (R2). */
  readonly offers: readonly string[];
  readonly requests: readonly string[];
  readonly lost: boolean;
  readonly left: boolean;
  readonly graceEndsAt: Instant | null;
}

const empty = (memberId: MemberId): ReciprocityRow => ({ memberId, offers: [], requests: [], lost: false, left: false, graceEndsAt: null });
const withId = (ids: readonly string[], id: string): readonly string[] => (ids.includes(id) ? ids : [...ids, id]);
const withoutId = (ids: readonly string[], id: string): readonly string[] => ids.filter((other) => other !== id);

/** The row after a fact about one offer or request; null where the event says nothing of them. */
const published = (row: ReciprocityRow, event: Fact<Handled>): ReciprocityRow | null => {
  switch (event.type) {
    case 'OfferPublished':
    case 'OfferResumed':
      return { ...row, offers: withId(row.offers, event.data.offerId) };
    case 'RequestPublished':
    case 'RequestResumed':
      return { ...row, requests: withId(row.requests, event.data.requestId) };
    // Matched counts as open; what was paused meanwhile is not open for being held no more.
    case 'RequestReopened':
      return row;
    case 'OfferPaused':
    case 'OfferLapsed':
    case 'OfferWithdrawn':
      return { ...row, offers: withoutId(row.offers, event.data.offerId) };
    case 'RequestPaused':
    case 'RequestLapsed':
    case 'RequestWithdrawn':
    case 'RequestMet':
      return { ...row, requests: withoutId(row.requests, event.data.requestId) };
    case 'OfferContestSettled':
      return event.data.outcome === 'kept' ? row : { ...row, offers: withoutId(row.offers, event.data.offerId) };
    case 'RequestContestSettled':
      return event.data.outcome === 'kept' ? row : { ...row, requests: withoutId(row.requests, event.data.requestId) };
    default:
      return null;
  }
};

const member = (row: ReciprocityRow, event: Fact<MemberFact>): { row: ReciprocityRow; due?: DueTimes } => {
  switch (event.type) {
    case 'MemberPaused':
      return { row, due: { pause: event.data.until, grace: null } };
    case 'MemberResumed':
      return { row: { ...row, graceEndsAt: event.data.graceEndsAt }, due: { pause: null, grace: event.data.graceEndsAt } };
    case 'ReciprocityLost':
      return { row: { ...row, lost: true, graceEndsAt: event.data.graceEndsAt }, due: { grace: event.data.graceEndsAt } };
    case 'ReciprocityRestored':
      return { row: { ...row, lost: false, graceEndsAt: null }, due: { grace: null } };
    case 'MemberSuspended':
      return { row, due: { grace: null } };
    case 'MemberLeft':
      return { row: { ...row, left: true }, due: { grace: null, pause: null } };
  }
};

const missing = ({ offers, requests }: ReciprocityRow): 'offer' | 'request' | 'both' | null => {
  if (offers.length === 0) return requests.length === 0 ? 'both' : 'offer';
  return requests.length === 0 ? 'request' : null;
};

/** What the row calls for now. Publishing one side of a first pair is no loss: only an end, or a pause's, is judged. */
const judge = (row: ReciprocityRow, event: Fact<Handled>): readonly SentCommand[] => {
  const { memberId } = row;
  const gap = missing(row);
  if (row.left) return [];
  if (gap === null) return row.lost ? [{ type: 'RestoreReciprocity', data: { memberId } }] : [];
  const opens = event.type === 'OfferPublished' || event.type === 'RequestPublished';
  return row.lost || opens ? [] : [{ type: 'LoseReciprocity', data: { memberId, missing: gap } }];
};

/** R2: follows each member's published offers and open requests; grace, suspension and the end of a pause fall due here. */
export const reciprocity: SavoirsProcess<Handled, ReciprocityRow> = {
  name: 'reciprocity',
  version: 1,
  handles: {
    OfferPublished: true,
    OfferPaused: true,
    OfferResumed: true,
    OfferLapsed: true,
    OfferWithdrawn: true,
    OfferContestSettled: true,
    RequestPublished: true,
    RequestPaused: true,
    RequestResumed: true,
    RequestLapsed: true,
    RequestWithdrawn: true,
    RequestContestSettled: true,
    RequestMet: true,
    RequestReopened: true,
    MemberPaused: true,
    MemberResumed: true,
    ReciprocityLost: true,
    ReciprocityRestored: true,
    MemberSuspended: true,
    MemberLeft: true,
  },
  keys: ({ data }) => [data.memberId],
  evolve: (before, event) => {
    const row = before ?? empty(event.data.memberId);
    const changed = published(row, event);
    return changed ? { row: changed } : member(row, event as Fact<MemberFact>);
  },
  react: (row, cause) => {
    const { memberId, graceEndsAt } = row;
    if (!isDue(cause)) return cause.type === 'MemberPaused' ? [] : judge(row, cause);
    if (cause.name === 'pause') return [{ type: 'ResumeMembership', data: { memberId } }];
    return graceEndsAt === null ? [] : [{ type: 'SuspendMember', data: { memberId, graceEndsAt } }];
  },
};
