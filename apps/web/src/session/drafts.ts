import { useCallback, useEffect, useState } from 'react';

const STORE = 'savoirs:draft:';

/**
 * What is typed stays in this browser until it was sent, its writer signs out or somebody else signs in: through reloads, other
 * tabs, and a lost session.
 */
export const useDraft = <Value>(name: string, initial: Value): readonly [Value, (change: Partial<Value>) => void, () => void] => {
  const key = STORE + name;
  const kept = useCallback(
    (): Value => ({ ...initial, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Value>) }),
    [initial, key],
  );
  const [value, setValue] = useState<Value>(kept);
  useEffect(() => {
    const onOtherTab = (event: StorageEvent): void => {
      if (event.key === key) setValue(kept());
    };
    addEventListener('storage', onOtherTab);
    return () => removeEventListener('storage', onOtherTab);
  }, [key, kept]);
  const change = (changed: Partial<Value>): void =>
    setValue((before) => {
      const next = { ...before, ...changed };
      localStorage.setItem(key, JSON.stringify(next));
      return next;
    });
  const clear = (): void => {
    localStorage.removeItem(key);
    setValue(initial);
  };
  return [value, change, clear];
};

export const forgetDrafts = (): void => {
  for (const key of Object.keys(localStorage))
    if (key.startsWith('savoirs:draft:') || key.startsWith('savoirs:key:')) localStorage.removeItem(key);
};

const WRITER = 'savoirs:writer';

/** Whoever is signed in finds their own drafts, and nobody else's. */
export const keepDraftsOf = (person: string | null): void => {
  if (person === null || localStorage.getItem(WRITER) === person) return;
  forgetDrafts();
  localStorage.setItem(WRITER, person);
};

/** What other tabs show is of who signed in before: they begin anew. */
export const followWriter = (): void =>
  addEventListener('storage', ({ key, oldValue, newValue }) => {
    if (key === WRITER && oldValue !== null && newValue !== null) location.reload();
  });
