import { createContext, useContext } from 'react';

/** Why somebody looks: asked once for a visit; neither in an address nor in the browser's storage. */
export const MotiveContext = createContext<{ readonly motive: string; readonly setMotive: (motive: string) => void }>({
  motive: '',
  setMotive: () => undefined,
});
export const useMotive = () => useContext(MotiveContext);
