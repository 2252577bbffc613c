import type { AnyEvent, WorldModel, EntryNote } from './world-model';

type EntryEvent = Exclude<Extract<AnyEvent, { type: `Offer${string}` | `Request${string}` }>, { type: 'RequestsLeftUnmatched' }>;

const isEntry = (event: AnyEvent): event is EntryEvent =>
  event.type !== 'RequestsLeftUnmatched' && (event.type.startsWith('Offer') || event.type.startsWith('Request'));

const statusAfter = (event: EntryEvent, before: EntryNote['status']): EntryNote['status'] | null => {
  switch (event.type) {
    case 'OfferPublished':
    case 'OfferResumed':
    case 'RequestPublished':
      return 'open';
    case 'RequestResumed':
      return event.data.heldBy === null ? 'open' : 'matched';
    case 'RequestReopened':
      return before === 'paused' ? 'paused' : 'open';
    case 'OfferPaused':
    case 'RequestPaused':
      return 'paused';
    case 'RequestMatched':
      return 'matched';
    case 'OfferLapsed':
    case 'OfferWithdrawn':
    case 'RequestLapsed':
    case 'RequestWithdrawn':
    case 'RequestMet':
      return 'over';
    case 'OfferContestSettled':
    case 'RequestContestSettled':
      return event.data.outcome === 'taken-down' ? 'over' : null;
    default:
      return null;
  }
};

const entryOf = (world: WorldModel, event: EntryEvent): EntryNote => {
  const known = 'offerId' in event.data ? world.offers.get(event.data.offerId) : world.requests.get(event.data.requestId);
  if (known) return known;
  const made: EntryNote = { memberId: event.data.memberId, status: 'draft', topicUri: null, largestGroup: 1 };
  if ('offerId' in event.data) world.offers.set(event.data.offerId, made);
  else world.requests.set(event.data.requestId, made);
  return made;
};

/** A member's own lists hold what is still to be had. */
const list = (world: WorldModel, event: EntryEvent, status: EntryNote['status']): void => {
  const member = world.members.get(event.data.memberId);
  if (!member) return;
  const change = status === 'over' ? 'delete' : 'add';
  if ('offerId' in event.data) member.offers[change](event.data.offerId);
  else member.requests[change](event.data.requestId);
};

export const noteEntry = (world: WorldModel, event: AnyEvent): void => {
  if (!isEntry(event)) return;
  const entry = entryOf(world, event);
  if ('content' in event.data) {
    entry.topicUri = event.data.content.topic.uri;
    entry.largestGroup = 'largestGroup' in event.data.content ? event.data.content.largestGroup : 1;
  }
  const status = statusAfter(event, entry.status);
  if (status === null) return;
  entry.status = status;
  list(world, event, status);
};
