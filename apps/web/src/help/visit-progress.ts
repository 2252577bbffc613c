import { useSyncExternalStore } from 'react';

const STORE = 'savoirs:visit';
const changed = new Set<() => void>();

const set = (step: string): void => {
  localStorage.setItem(STORE, step);
  changed.forEach((tell) => tell());
};

const subscribe = (tell: () => void): (() => void) => {
  changed.add(tell);
  return () => changed.delete(tell);
};

/** At which of its pages the first visit is in this browser; null once it was seen or skipped. */
export const useVisitStep = (): number | null => {
  const kept = useSyncExternalStore(subscribe, () => localStorage.getItem(STORE));
  return kept === 'done' ? null : Number(kept ?? 0);
};

export const startVisit = (): void => set('0');
export const toStep = (step: number): void => set(String(step));
export const endVisit = (): void => set('done');
