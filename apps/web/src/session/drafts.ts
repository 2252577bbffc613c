import { useCallback, useEffect, useState } from 'react';

const STORE = 'savoirs:draft:';

/**
 * `browser`: other tabs have it, too, and it waits for who closes the window. `tab`: it ends with the tab. So do motives, and whom
 * they are about: they tell of a case, they are short, and whoever looks people up may do so at a machine that others use.
 */
type DraftStore = 'browser' | 'tab';
const stores = { browser: localStorage, tab: sessionStorage } as const;

/** What is typed stays until it was sent, its writer signs out or somebody else signs in: through reloads and a lost session. */
export const useDraft = <Value>(
  name: string,
  initial: Value,
  where: DraftStore = 'browser',
): readonly [Value, (change: Partial<Value>) => void, () => void] => {
  const key = STORE + name;
  const store = stores[where];
  const kept = useCallback(
    (): Value => ({ ...initial, ...(JSON.parse(store.getItem(key) ?? '{}') as Partial<Value>) }),
    [initial, key, store],
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
      store.setItem(key, JSON.stringify(next));
      return next;
    });
  const clear = (): void => {
    store.removeItem(key);
    setValue(initial);
  };
  return [value, change, clear];
};

const forgetIn = (store: Storage): void => {
  for (const key of Object.keys(store)) if (key.startsWith('savoirs:draft:') || key.startsWith('savoirs:key:')) store.removeItem(key);
};

export const forgetDrafts = (): void => Object.values(stores).forEach(forgetIn);

const WRITER = 'savoirs:writer';

/** Whoever is signed in finds their own drafts, and nobody else's: a tab may have slept while others came and went. */
export const keepDraftsOf = (person: string | null): void => {
  if (person === null) return;
  for (const store of Object.values(stores)) {
    if (store.getItem(WRITER) === person) continue;
    forgetIn(store);
    store.setItem(WRITER, person);
  }
};

/** What other tabs show is of who signed in before: they begin anew. */
export const followWriter = (): void =>
  addEventListener('storage', ({ key, oldValue, newValue }) => {
    if (key === WRITER && oldValue !== null && newValue !== null) location.reload();
  });
