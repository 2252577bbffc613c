import { useDeferredValue, useState } from 'react';
import { queries } from '../api/client';
import { TextField, type FieldProps } from '../design/fields';
import { Button } from '../design/parts';
import { defineTexts } from '../i18n/define-texts';
import { useNetwork } from '../session/session';
import { Fault } from './fault';

export interface Picked {
  readonly memberId: string;
  readonly name: string;
}

const usePickerTexts = defineTexts('picker', {
  fr: {
    hint: 'Deux lettres de son nom ou plus.',
    none: 'Aucun membre n’a ce nom ici. Une personne inscrite à une bourse se trouve une fois qu’elle a confirmé.',
    more: 'Il y en a d’autres : écrivez-en un peu plus.',
    who: '{{name}}, {{site}} {{unit}}',
    change: 'Changer',
  },
  en: {
    hint: 'Two letters of their name, or more.',
    none: 'No member has that name here. Who was entered at a fair is found once they have confirmed.',
    more: 'There are others: type a little more.',
    who: '{{name}}, {{site}} {{unit}}',
    change: 'Change',
  },
});

const MOST = 8;

/** A member of the network, by name. */
export const PersonPicker = ({
  label,
  picked,
  onPick,
  error,
}: {
  readonly label: string;
  readonly picked: Picked | null;
  readonly onPick: (picked: Picked | null) => void;
  readonly error?: FieldProps['error'];
}) => {
  const say = usePickerTexts();
  const { networkId } = useNetwork();
  const [typed, setTyped] = useState('');
  const sought = useDeferredValue(typed.trim());
  const isAsked = /[\p{L}\p{N}]{2}/u.test(sought);
  const found = queries.useQuery(
    'post',
    '/networks/{networkId}/members/search',
    { params: { path: { networkId }, query: { limit: MOST } }, body: { name: sought } },
    { enabled: isAsked, placeholderData: (before) => before },
  );
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
  const people = isAsked ? [...(found.data?.members ?? [])].sort((one, other) => one.name.localeCompare(other.name)) : [];
  return (
    <div className="stack tight">
      <TextField label={label} hint={say('hint')} type="search" autoComplete="off" value={typed} onChange={setTyped} error={error} />
      <div className="row" role="group" aria-label={label}>
        {people.map(({ memberId, name, site, unit }) => (
          <Button key={memberId} onClick={() => onPick({ memberId, name })}>
            {say('who', { name, site, unit })}
          </Button>
        ))}
      </div>
      <p className="small soft" role="status">
        {isAsked && found.data && people.length === 0 ? say('none') : null}
        {isAsked && found.data?.next ? say('more') : null}
      </p>
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
    </div>
  );
};
