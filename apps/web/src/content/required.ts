import { useState } from 'react';
import { useWords } from './words';

interface Required<Field extends string> {
  /** What a field says that was left empty, once somebody tried to send. */
  readonly missing: (field: Field) => string | undefined;
  /** Told of the try; whether nothing is left empty. */
  readonly isWhole: () => boolean;
}

/** The fields that a form needs: its button is never shut, it says what is still to be given. */
export const useRequired = <Field extends string>(given: Readonly<Record<Field, boolean>>): Required<Field> => {
  const words = useWords();
  const [isTried, setTried] = useState(false);
  return {
    missing: (field) => (isTried && !given[field] ? words('required') : undefined),
    isWhole: () => {
      setTried(true);
      return !Object.values(given).includes(false);
    },
  };
};
