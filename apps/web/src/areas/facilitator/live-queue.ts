import { useEffect, useRef, useState } from 'react';

export type Liveness = 'connecting' | 'live' | 'lost';

const LEAST_MS = 2_000;
const MOST_MS = 60_000;
const GATHERED_MS = 400;

/**
 * Follows the feed of the match queue. The browser comes back by itself after the last id it saw; where the server refuses that,
 * a new stream begins with a snapshot.
 * @param onChange told once for changes that come close together; a first snapshot is none
 */
export const useLiveQueue = (networkId: string, onChange: () => void): Liveness => {
  const [liveness, setLiveness] = useState<Liveness>('connecting');
  const told = useRef(onChange);
  told.current = onChange;
  useEffect(() => {
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
      source = new EventSource(`/networks/${networkId}/feeds/match-queue`);
      source.onopen = () => {
        setLiveness('live');
        wait = LEAST_MS;
        // while it was away something may have changed
        if (hasOpened) tell();
        hasOpened = true;
      };
      source.addEventListener('delta', tell);
      source.onerror = () => {
        setLiveness('lost');
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
  }, [networkId]);
  return liveness;
};
