import { useEffect, useRef, useState } from 'react';

export type Liveness = 'connecting' | 'live' | 'lost';

export interface Following {
  readonly liveness: Liveness;
  /** Since when nothing comes; null while all is well. */
  readonly lostSince: string | null;
}

const LEAST_MS = 2_000;
const MOST_MS = 60_000;
const GATHERED_MS = 400;
const BEGUN: Following = { liveness: 'connecting', lostSince: null };

/**
 * Follows a feed. The browser comes back by itself after the last id it saw; where the server refuses that, a new stream begins
 * with a snapshot.
 * @param address null: nothing is followed
 * @param onChange told once for changes that come close together; a first snapshot is none
 */
export const useFeed = (address: string | null, onChange: () => void): Following => {
  const [following, setFollowing] = useState<Following>(BEGUN);
  const told = useRef(onChange);
  told.current = onChange;
  useEffect(() => {
    setFollowing(BEGUN);
    if (address === null) return undefined;
    let source: EventSource | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    let gathered: ReturnType<typeof setTimeout> | undefined;
    let wait = LEAST_MS;
    let hasOpened = false;
    const tell = (): void => {
      clearTimeout(gathered);
      gathered = setTimeout(() => told.current(), GATHERED_MS);
    };
    const open = (): void => {
      source = new EventSource(address);
      source.onopen = () => {
        setFollowing({ liveness: 'live', lostSince: null });
        wait = LEAST_MS;
        // while it was away something may have changed
        if (hasOpened) tell();
        hasOpened = true;
      };
      source.addEventListener('delta', tell);
      source.onerror = () => {
        setFollowing(({ lostSince }) => ({ liveness: 'lost', lostSince: lostSince ?? new Date().toISOString() }));
        if (source?.readyState !== EventSource.CLOSED) return;
        again = setTimeout(open, wait);
        wait = Math.min(wait * 2, MOST_MS);
      };
    };
    open();
    return () => {
      clearTimeout(again);
      clearTimeout(gathered);
      source?.close();
    };
  }, [address]);
  return following;
};
