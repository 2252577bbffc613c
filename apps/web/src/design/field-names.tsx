import { createContext, useContext, useLayoutEffect, useState, type Dispatch, type PropsWithChildren, type SetStateAction } from 'react';

/** What the API says of a field, which it knows by a path: `/profile/email`. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

interface FieldName {
  readonly label: string;
  readonly message: string;
  readonly section: string;
}

type Names = ReadonlyMap<string, FieldName>;

const NONE: Names = new Map();
const Known = createContext<Names>(NONE);
const Tell = createContext<Dispatch<SetStateAction<Names>>>(() => undefined);

/** The title under which a field stands. */
export const SectionTitle = createContext('');

/** Fields with an error tell what they are called here, so that a summary can name them. */
export const FieldNames = ({ children }: PropsWithChildren) => {
  const [names, setNames] = useState(NONE);
  return (
    <Tell value={setNames}>
      <Known value={names}>{children}</Known>
    </Tell>
  );
};

export const useTellName = (error: FieldError | string | undefined, label: string): void => {
  const tell = useContext(Tell);
  const section = useContext(SectionTitle);
  const { path = null, message = '' } = typeof error === 'object' ? error : {};
  useLayoutEffect(() => {
    if (path !== null) tell((before) => new Map(before).set(path, { label, section, message }));
  }, [path, label, section, message, tell]);
};

/** By the API's path, what its field is called on this page and says; with its section’s title, where that is another one. */
export const useFieldNames = (): ((path: string) => { readonly name: string; readonly message: string } | null) => {
  const names = useContext(Known);
  const here = useContext(SectionTitle);
  return (path) => {
    const known = names.get(path);
    if (!known) return null;
    const { label, section, message } = known;
    return { name: section === '' || section === here ? label : `${section}, ${label}`, message };
  };
};
