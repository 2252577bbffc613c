import { TextField } from '../design/fields';
import { defineTexts } from '../i18n/define-texts';

const useMotiveTexts = defineTexts('motive', {
  fr: {
    label: 'Motif',
    hint: 'Enregistré avec chaque consultation, avant que rien ne soit montré.',
    needed: 'Dites pourquoi, en trois caractères au moins.',
  },
  en: {
    label: 'Motive',
    hint: 'Recorded with each look-up, before anything is shown.',
    needed: 'Say why, in three characters at least.',
  },
});

/** As the API asks it: three characters in a row that can be seen. */
export const isMotive = (text: string): boolean => /\S{3}/.test(text);

export const MotiveField = ({
  value,
  onChange,
  isTried,
}: {
  readonly value: string;
  readonly onChange: (motive: string) => void;
  readonly isTried: boolean;
}) => {
  const say = useMotiveTexts();
  return (
    <TextField
      label={say('label')}
      hint={say('hint')}
      value={value}
      maxLength={2000}
      autoComplete="off"
      onChange={onChange}
      error={isTried && !isMotive(value) ? say('needed') : undefined}
    />
  );
};
