import { useEffect, useState } from 'react';
import { defineTexts } from '../i18n/define-texts';

const useIdTexts = defineTexts('id', {
  fr: { copy: 'Copier l’identifiant {{id}}', copied: 'Copié' },
  en: { copy: 'Copy the id {{id}}', copied: 'Copied' },
});

const SHORT = 8;
const SHOWN_MS = 1500;

/** An opaque id: its beginning is shown, all of it copied when it is pressed. */
export const Id = ({ id, isWhole = false }: { readonly id: string; readonly isWhole?: boolean }) => {
  const say = useIdTexts();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const later = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(later);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
  };
  return (
    <>
      <button type="button" className={isWhole ? 'id whole' : 'id'} title={id} aria-label={say('copy', { id })} onClick={() => void copy()}>
        {isWhole ? id : id.slice(0, SHORT)}
      </button>
      <span role="status" className="small soft">
        {isCopied ? say('copied') : ''}
      </span>
    </>
  );
};
