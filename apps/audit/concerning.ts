import type { RecordedEvent } from '#event-store/codec.port';
import type { MatchId } from '#domain/ids';
import type { HistoryRow } from '#projections/exchange-history/exchange-history.projection';
import type { Placed } from './trail';

/** Shown whenever they came: they tell why texts are gone. */
const OF_ERASURE = ['ErasureRequested', 'ErasureApproved', 'ErasureDeferred', 'PersonalDataErased', 'RetentionApplied'];
const OVER: readonly (HistoryRow['status'] | undefined)[] = ['closed', 'cancelled', 'interrupted'];
const OWN = /^(?:exchange|match|incident)-/;

const namesAnotherMatch = ({ type, data }: RecordedEvent, matchId: MatchId): boolean => {
  if (type === 'MatchesFound') return !data.matches.some((found) => found.matchId === matchId);
  if (type === 'RequestsLeftUnmatched') return true;
  return 'matchId' in data && data.matchId !== matchId;
};

/**
 * What of its people’s histories is about an exchange: how they entered, and what became of them and of their offers and requests until it
 * was over; never another match of theirs. Whoever audits one exchange does not read lives.
 */
export const concerning = (
  trail: readonly Placed[],
  { matchId, status }: { readonly matchId: MatchId; readonly status: HistoryRow['status'] | undefined },
): readonly Placed[] => {
  const end = OVER.includes(status) ? trail.findLast(({ event }) => OWN.test(event.meta.stream))?.position : undefined;
  return trail.filter(
    ({ event, position }) =>
      !namesAnotherMatch(event, matchId) && (end === undefined || position <= end || namesMatch(event) || OF_ERASURE.includes(event.type)),
  );
};

const namesMatch = ({ data }: RecordedEvent): boolean => 'matchId' in data;
