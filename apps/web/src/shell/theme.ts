type Theme = 'light' | 'dark';

const STORE = 'savoirs:theme';
const darkPreferred = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

const chosen = (): Theme | null => {
  const kept = localStorage.getItem(STORE);
  return kept === 'light' || kept === 'dark' ? kept : null;
};

/** As chosen here, else as the device is set. */
export const themeNow = {
  get: (): Theme => chosen() ?? (darkPreferred.matches ? 'dark' : 'light'),
  subscribe: (changed: () => void): (() => void) => {
    listeners.add(changed);
    darkPreferred.addEventListener('change', changed);
    return () => {
      listeners.delete(changed);
      darkPreferred.removeEventListener('change', changed);
    };
  },
};

export const startTheme = (): void => {
  const theme = chosen();
  if (theme) document.documentElement.dataset['theme'] = theme;
};

export const turnTheme = (): void => {
  localStorage.setItem(STORE, themeNow.get() === 'dark' ? 'light' : 'dark');
  startTheme();
  for (const changed of listeners) changed();
};
