import { useDeferredValue, useState } from 'react';
import { queries } from '../../api/client';
import { TextField } from '../../design/fields';
import { Button } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useNetwork } from '../../session/session';

export interface Picked {
  readonly memberId: string;
  readonly name: string;
}

const usePickerTexts = defineTexts('picker', {
  fr: {
    hint: 'Son nom si quelque chose l’attend ; sinon un thème ou un mot de ce que cette personne offre.',
    none: 'Personne. Cherchez par un thème de ses offres.',
    change: 'Changer',
  },
  en: {
    hint: 'Their name if something waits for them; else a topic or a word of what they offer.',
    none: 'Nobody. Look by a topic of what they offer.',
    change: 'Change',
  },
});

const MOST = 8;

/** People are found by name among those whom something waits for, and by what they wrote in the directory. */
const usePeople = (sought: string): readonly Picked[] => {
  const { networkId } = useNetwork();
  const path = { networkId };
  const isAsked = sought.length > 1;
  const queue = queries.useQuery(
    'get',
    '/networks/{networkId}/match-queue',
    { params: { path, query: { limit: 200 } } },
    { enabled: isAsked, staleTime: 60_000 },
  );
  const directory = queries.useQuery(
    'get',
    '/networks/{networkId}/directory',
    { params: { path, query: { text: sought, limit: 50 } } },
    { enabled: isAsked, placeholderData: (before) => before },
  );
  if (!isAsked) return [];
  const found = new Map<string, string>();
  for (const { participants } of queue.data?.items ?? [])
    for (const { memberId, name } of participants)
      if (memberId && name?.toLocaleLowerCase().includes(sought.toLocaleLowerCase())) found.set(memberId, name);
  for (const { author } of directory.data?.entries ?? []) if (author?.name) found.set(author.memberId, author.name);
  return [...found].slice(0, MOST).map(([memberId, name]) => ({ memberId, name }));
};

export const PersonPicker = ({
  label,
  picked,
  onPick,
  error,
}: {
  readonly label: string;
  readonly picked: Picked | null;
  readonly onPick: (picked: Picked | null) => void;
  readonly error?: string | undefined;
}) => {
  const say = usePickerTexts();
  const [typed, setTyped] = useState('');
  const sought = useDeferredValue(typed.trim());
  const people = usePeople(sought);
  if (picked)
    return (
      <div className="field">
        <span className="small soft">{label}</span>
        <div className="row">
          <strong>{picked.name}</strong>
          <Button look="plain" onClick={() => onPick(null)}>
            {say('change')}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="stack tight">
      <TextField label={label} hint={say('hint')} type="search" value={typed} onChange={setTyped} error={error} />
      <div className="row" role="group" aria-label={label}>
        {people.map((one) => (
          <Button key={one.memberId} onClick={() => onPick(one)}>
            {one.name}
          </Button>
        ))}
        {sought.length > 1 && people.length === 0 ? <span className="soft">{say('none')}</span> : null}
      </div>
    </div>
  );
};
