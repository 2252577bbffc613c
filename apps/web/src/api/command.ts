import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { LostConnection, isPassing, isSignedOut } from './problem';

export interface Command<Input, Answer> {
  readonly send: (input: Input) => Promise<Answer | null>;
  readonly isSending: boolean;
  /** What the API or the way to it said of the last try; null before one, and once one succeeded. */
  readonly fault: Error | null;
  readonly forget: () => void;
}

const STORE = 'savoirs:key:';

/**
 * The key of a command that may be under way: the same words get the same key until an answer came, also after the page was
 * loaded anew, so that nothing is done twice (R22).
 */
const keyFor = (name: string, words: string): string => {
  const kept = JSON.parse(localStorage.getItem(STORE + name) ?? 'null') as { key: string; words: string } | null;
  if (kept?.words === words) return kept.key;
  const key = crypto.randomUUID();
  localStorage.setItem(STORE + name, JSON.stringify({ key, words }));
  return key;
};

/**
 * Sends a command under an `Idempotency-Key` and, once it is done, lets all pages read anew.
 * @param name one for each form and thing: `ask/<offer id>`
 */
export const useCommand = <Input, Answer>(
  name: string,
  run: (input: Input, idempotencyKey: string) => Promise<Answer>,
): Command<Input, Answer> => {
  const cache = useQueryClient();
  const [isSending, setSending] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  const underWay = useRef(false);
  const current = useRef(run);
  current.current = run;
  const send = useCallback(
    async (input: Input): Promise<Answer | null> => {
      if (underWay.current) return null;
      underWay.current = true;
      setSending(true);
      setFault(null);
      try {
        const answer = await current.current(input, keyFor(name, JSON.stringify(input)));
        localStorage.removeItem(STORE + name);
        await cache.invalidateQueries();
        return answer;
      } catch (failure) {
        if (!isPassing(failure) && !isSignedOut(failure)) localStorage.removeItem(STORE + name);
        setFault(failure instanceof Error ? failure : new LostConnection(String(failure)));
        return null;
      } finally {
        underWay.current = false;
        setSending(false);
      }
    },
    [cache, name],
  );
  return { send, isSending, fault, forget: () => setFault(null) };
};
