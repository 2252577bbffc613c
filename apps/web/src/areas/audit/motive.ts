import { createContext, useContext } from 'react';

/** Why somebody looks: asked once for a visit of the desk's pages; in no address, and in the browser no longer than the tab. */
export const MotiveContext = createContext<{ readonly motive: string; readonly setMotive: (motive: string) => void }>({
  motive: '',
  setMotive: () => undefined,
});
export const useMotive = () => useContext(MotiveContext);
