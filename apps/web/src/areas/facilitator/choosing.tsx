import { useDeferredValue, useState } from 'react';
import { queries } from '../../api/client';
import type { paths } from '../../api/generated/schema';
import { Fault } from '../../content/fault';
import { PersonPicker, type Picked } from '../../content/person-picker';
import { useWords } from '../../content/words';
import { TextField } from '../../design/fields';
import { Button, Card, Section, Tag, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useNetwork } from '../../session/session';

const useChoosingTexts = defineTexts('choosing', {
  fr: {
    offers: 'L’offre',
    requests: 'La demande, ou plusieurs',
    'search-offer': 'Chercher une offre',
    'search-request': 'Chercher une demande',
    'search-hint': 'Un thème, ou un mot de l’annonce.',
    none: 'Rien de tel dans l’annuaire. Essayez un mot plus court.',
    take: 'Choisir',
    drop: 'Retirer {{topic}}',
    chosen: 'Choisi',
    of: '{{act}} : {{topic}}',
    matched: 'déjà appariée',
    by: 'par {{name}}',
    'by-hidden': 'par une personne qui ne se montre pas',
    'person-offer': 'Ou la personne qui transmet',
    'person-request': 'Ou la personne qui apprend',
    'none-of-person': 'Rien d’elle dans l’annuaire, ou rien de tel. Une demande dont l’auteur ne se montre pas se trouve par son thème.',
    most: 'Pas davantage : {{most}} au plus dans un appariement.',
  },
  en: {
    offers: 'The offer',
    requests: 'The request, or several',
    'search-offer': 'Look for an offer',
    'search-request': 'Look for a request',
    'search-hint': 'A topic, or a word of what was written.',
    none: 'Nothing like it in the directory. Try a shorter word.',
    take: 'Choose',
    drop: 'Remove {{topic}}',
    chosen: 'Chosen',
    of: '{{act}}: {{topic}}',
    matched: 'matched already',
    by: 'by {{name}}',
    'by-hidden': 'by somebody who is not shown',
    'person-offer': 'Or who passes it on',
    'person-request': 'Or who learns',
    'none-of-person': 'Nothing of theirs in the directory, or nothing like it. A request whose author is not shown is found by its topic.',
    most: 'No more: {{most}} at most in one match.',
  },
});

type Found = paths['/networks/{networkId}/directory']['get']['responses'][200]['content']['application/json']['entries'][number];

export interface Chosen {
  readonly id: string;
  readonly topic: string;
  readonly topicUri: string | null;
  readonly wording: string;
}

const MOST = { offers: 20, requests: 50 } as const;
const SHOWN = 8;

interface ChoosingProps {
  readonly kind: 'offer' | 'request';
  readonly first: string;
  readonly chosen: readonly Chosen[];
  readonly onChange: (chosen: readonly Chosen[]) => void;
}

/** Offers or requests of the directory, found by their words or by who wrote them. */
export const Choosing = ({ kind, first, chosen, onChange }: ChoosingProps) => {
  const say = useChoosingTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const [typed, setTyped] = useState(first);
  const [person, setPerson] = useState<Picked | null>(null);
  const text = useDeferredValue(typed.trim());
  const query = { kind, limit: SHOWN, ...(text === '' ? {} : { text }), ...(person ? { memberId: person.memberId } : {}) };
  const found = queries.useQuery(
    'get',
    '/networks/{networkId}/directory',
    { params: { path: { networkId }, query } },
    { placeholderData: (before) => before },
  );
  const of = kind === 'offer' ? 'offers' : 'requests';
  const isFull = chosen.length >= MOST[of];
  const without = (id: string): readonly Chosen[] => chosen.filter((one) => one.id !== id);
  return (
    <Section title={say(of)}>
      <ul role="list" className="stack tight">
        {chosen.map((one) => (
          <li key={one.id}>
            <Card tone="first">
              <div className="row apart">
                <strong>{one.topic}</strong>
                <Button look="plain" aria-label={say('drop', { topic: one.topic })} onClick={() => onChange(without(one.id))}>
                  ×
                </Button>
              </div>
              <p className="soft">{one.wording}</p>
            </Card>
          </li>
        ))}
      </ul>
      <TextField label={say(`search-${kind}`)} hint={say('search-hint')} type="search" value={typed} maxLength={200} onChange={setTyped} />
      <PersonPicker label={say(`person-${kind}`)} picked={person} onPick={setPerson} />
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} />
      {found.data?.entries.length === 0 ? <p className="soft">{say(person ? 'none-of-person' : 'none')}</p> : null}
      {isFull ? <p role="status">{say('most', { most: MOST[of] })}</p> : null}
      <ul role="list" className="stack tight">
        {(found.data?.entries ?? []).map((entry) => {
          const isChosen = chosen.some(({ id }) => id === entry.id);
          return (
            <li key={entry.id}>
              <Candidate
                entry={entry}
                isChosen={isChosen}
                onToggle={isFull && !isChosen ? null : (one) => onChange(isChosen ? without(one.id) : [...chosen, one])}
              />
            </li>
          );
        })}
      </ul>
    </Section>
  );
};

interface CandidateProps {
  readonly entry: Found;
  readonly isChosen: boolean;
  /** Null where there is no room for one more. */
  readonly onToggle: ((one: Chosen) => void) | null;
}

const Candidate = ({ entry, isChosen, onToggle }: CandidateProps) => {
  const say = useChoosingTexts();
  const words = useWords();
  const { id, author, level, place } = entry;
  const topic = entry.topic.label?.label ?? entry.topic.text ?? words('erased');
  const wording = entry.wording ?? words('erased');
  const label = say(isChosen ? 'chosen' : 'take');
  return (
    <Card>
      <div className="row apart">
        <strong>{topic}</strong>
        {entry.matched ? <Tag>{say('matched')}</Tag> : null}
      </div>
      <p>{wording}</p>
      <div className="row apart">
        <span className="small soft">
          {author ? say('by', { name: author.name ?? words('erased') }) : say('by-hidden')} · {words(`level-${level}`)} ·{' '}
          {words(`place-${place}`)}
        </span>
        {onToggle ? (
          <Button
            aria-pressed={isChosen}
            aria-label={say('of', { act: label, topic })}
            onClick={() => onToggle({ id, topic, topicUri: entry.topic.uri, wording })}
          >
            {label}
          </Button>
        ) : null}
      </div>
    </Card>
  );
};
