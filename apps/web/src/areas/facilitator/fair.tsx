import { useMemo, useRef, useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { emptyEntry, EntryForm, offerContent, requestContent, type EntryDraft } from '../../content/entry-form';
import { errorOf, Fault } from '../../content/fault';
import { SectionTitle } from '../../design/field-names';
import { Choices, TextField } from '../../design/fields';
import { Button, Card, Form, Notice, Page, Section } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { languageNow, type Language } from '../../i18n/language';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';

const useFairTexts = defineTexts('fair', {
  fr: {
    title: 'Bourse d’échanges',
    lead: 'Une personne après l’autre. Rien n’est publié : chacune relit, déclare et confirme chez elle (R6, R14) ; sinon tout est effacé après 30 jours.',
    person: 'La personne',
    name: 'Nom et prénom',
    email: 'Adresse électronique professionnelle',
    subject: 'Identifiant de connexion',
    'subject-hint':
      'Celui avec lequel cette personne se connecte ; demandez à qui gère les accès lequel c’est. Il n’est gardé qu’en empreinte.',
    'employee-number': 'Matricule (facultatif)',
    site: 'Site',
    unit: 'Service',
    'code-hint': 'Un code, comme LYO.',
    languages: 'Langue',
    french: 'Français',
    english: 'Anglais',
    both: 'Les deux',
    offers: 'Ce qu’elle peut transmettre',
    requests: 'Ce qu’elle veut apprendre',
    offer: 'Offre {{number}}',
    request: 'Demande {{number}}',
    'add-offer': 'Ajouter une offre',
    'add-request': 'Ajouter une demande',
    remove: 'Retirer',
    'needs-side': 'Une offre ou une demande au moins ; l’autre côté peut venir à la confirmation (R1).',
    'needs-field': 'À remplir.',
    send: 'Inscrire, et personne suivante',
    entered: 'Inscription enregistrée pour {{name}} : elle attend sa confirmation à la première connexion.',
    'so-far_one': '{{count}} inscription depuis cette page',
    'so-far_other': '{{count}} inscriptions depuis cette page',
    'so-far_many': '{{count}} inscriptions depuis cette page',
  },
  en: {
    title: 'Exchange fair',
    lead: 'One person after another. Nothing is published: each reads it, declares and confirms it later (R6, R14); else all is erased after 30 days.',
    person: 'The person',
    name: 'Name',
    email: 'Work e-mail',
    subject: 'Sign-in name',
    'subject-hint': 'What this person signs in with; ask whoever manages access which one it is. Only a fingerprint of it is kept.',
    'employee-number': 'Employee number (optional)',
    site: 'Site',
    unit: 'Unit',
    'code-hint': 'A code, such as LYO.',
    languages: 'Language',
    french: 'French',
    english: 'English',
    both: 'Both',
    offers: 'What they can pass on',
    requests: 'What they want to learn',
    offer: 'Offer {{number}}',
    request: 'Request {{number}}',
    'add-offer': 'Add an offer',
    'add-request': 'Add a request',
    remove: 'Remove',
    'needs-side': 'At least one offer or one request; the other side may come with the confirmation (R1).',
    'needs-field': 'To be filled in.',
    send: 'Enter them, and the next person',
    entered: 'Entry recorded for {{name}}: it waits for their confirmation when they first sign in.',
    'so-far_one': '{{count}} entry from this page',
    'so-far_other': '{{count}} entries from this page',
    'so-far_many': '{{count}} entries from this page',
  },
});

interface FairDraft {
  readonly name: string;
  readonly email: string;
  readonly subject: string;
  readonly employeeNumber: string;
  readonly site: string;
  readonly unit: string;
  readonly languages: 'fr' | 'en' | 'both';
  readonly offers: readonly EntryDraft[];
  readonly requests: readonly EntryDraft[];
}

const MOST = 3;
const REQUIRED = ['name', 'email', 'subject', 'site', 'unit'] as const;

/** What most say at a table, as an import takes it where a row says nothing else. */
const blank = (language: Language): EntryDraft => ({ ...emptyEntry(language), level: 'beginner', place: 'either' });

const first = (language: Language): FairDraft => ({
  ...{ name: '', email: '', subject: '', employeeNumber: '', site: '', unit: '' },
  languages: language,
  offers: [blank(language)],
  requests: [blank(language)],
});

const isFilled = ({ topic, wording }: EntryDraft): boolean => topic.text.trim() !== '' || wording.trim() !== '';

/** The form as the API takes it; nobody declares for another (R14). */
const entryOf = (draft: FairDraft) => {
  const of = (entries: readonly EntryDraft[]): readonly EntryDraft[] =>
    entries.filter(isFilled).map((entry) => ({ ...entry, site: entry.site || draft.site, declaredProfessional: false }));
  const { name, email, employeeNumber, site, unit, languages } = draft;
  const both: Language[] = ['fr', 'en'];
  return {
    subject: draft.subject.trim(),
    entry: 'fair' as const,
    profile: {
      ...{ name: name.trim(), email: email.trim(), site: site.trim(), unit: unit.trim() },
      languages: languages === 'both' ? both : [languages],
      ...(employeeNumber.trim() === '' ? {} : { employeeNumber: employeeNumber.trim() }),
    },
    offers: of(draft.offers).map(offerContent),
    requests: of(draft.requests).map(requestContent),
  };
};

/** Entries at a table of a fair, on a tablet that goes from hand to hand. */
export const Fair = () => {
  const say = useFairTexts();
  const { networkId } = useNetwork();
  const name = `${networkId}/fair`;
  const language = languageNow();
  const [draft, change, clear] = useDraft<FairDraft>(
    name,
    useMemo(() => first(language), [language]),
  );
  const [isTried, setTried] = useState(false);
  const [entered, setEntered] = useState<readonly string[]>([]);
  const top = useRef<HTMLDivElement>(null);
  const command = useCommand(name, (body: ReturnType<typeof entryOf>, key) =>
    api.POST('/networks/{networkId}/members/on-behalf', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body }),
  );
  const hasSide = [...draft.offers, ...draft.requests].some(isFilled);
  const wrong = (field: (typeof REQUIRED)[number] | 'employeeNumber') =>
    errorOf(command.fault, field === 'subject' ? field : `profile.${field}`) ??
    (isTried && field !== 'employeeNumber' && draft[field].trim() === '' ? say('needs-field') : undefined);
  const send = async (): Promise<void> => {
    setTried(true);
    if (!hasSide || REQUIRED.some((field) => draft[field].trim() === '')) return;
    const { name: who, site, languages } = draft;
    if (!(await command.send(entryOf(draft)))) return;
    clear();
    // the next person at this table works on the same site, as a rule
    change({ site, languages });
    setTried(false);
    setEntered((before) => [...before, who.trim()]);
    scrollTo({ top: 0 });
    top.current?.querySelector('input')?.focus({ preventScroll: true });
  };
  const text = (field: (typeof REQUIRED)[number]) => ({
    value: draft[field],
    onChange: (value: string) => change({ [field]: value }),
    error: wrong(field),
    autoComplete: 'off',
  });
  return (
    <Page title={say('title')} lead={say('lead')}>
      <div aria-live="polite">
        {entered.length > 0 ? (
          <Notice>
            <p>{say('entered', { name: entered.at(-1)! })}</p>
            <p className="small">{say('so-far', { count: entered.length })}</p>
          </Notice>
        ) : null}
      </div>
      <Form className="stack tablet" autoComplete="off" onSend={() => void send()}>
        <div ref={top}>
          <Section title={say('person')}>
            <TextField label={say('name')} maxLength={200} {...text('name')} />
            <TextField label={say('email')} type="email" maxLength={320} {...text('email')} />
            <TextField label={say('subject')} hint={say('subject-hint')} maxLength={500} {...text('subject')} />
            <div className="columns pair">
              <TextField label={say('site')} hint={say('code-hint')} {...text('site')} />
              <TextField label={say('unit')} hint={say('code-hint')} {...text('unit')} />
            </div>
            <TextField
              label={say('employee-number')}
              maxLength={64}
              autoComplete="off"
              value={draft.employeeNumber}
              onChange={(employeeNumber) => change({ employeeNumber })}
              error={wrong('employeeNumber')}
            />
            <Choices
              label={say('languages')}
              value={draft.languages}
              onChange={(languages) => change({ languages })}
              options={[
                { value: 'fr', label: say('french') },
                { value: 'en', label: say('english') },
                { value: 'both', label: say('both') },
              ]}
            />
          </Section>
        </div>
        <Side kind="offer" entries={draft.offers} onChange={(offers) => change({ offers })} fault={command.fault} />
        <Side kind="request" entries={draft.requests} onChange={(requests) => change({ requests })} fault={command.fault} />
        {isTried && !hasSide ? <Notice tone="warn">{say('needs-side')}</Notice> : null}
        <Fault fault={command.fault} />
        <div className="row">
          <Button type="submit" look="primary" isBusy={command.isSending}>
            {say('send')}
          </Button>
        </div>
      </Form>
    </Page>
  );
};

interface SideProps {
  readonly kind: 'offer' | 'request';
  readonly entries: readonly EntryDraft[];
  readonly onChange: (entries: readonly EntryDraft[]) => void;
  readonly fault: Error | null;
}

const Side = ({ kind, entries, onChange, fault }: SideProps) => {
  const say = useFairTexts();
  return (
    <Section title={say(`${kind}s`)}>
      {entries.map((entry, at) => (
        <Card key={at}>
          <div className="row apart">
            <h3>{say(kind, { number: at + 1 })}</h3>
            {entries.length > 1 ? (
              <Button look="plain" onClick={() => onChange(entries.filter((_, index) => index !== at))}>
                {say('remove')}
              </Button>
            ) : null}
          </div>
          <SectionTitle value={say(kind, { number: at + 1 })}>
            <EntryForm
              kind={kind}
              draft={entry}
              isOnBehalf
              at={`${kind}s.${entries.slice(0, at).filter(isFilled).length}.`}
              fault={fault}
              onChange={(changed) => onChange(entries.map((one, index) => (index === at ? { ...one, ...changed } : one)))}
            />
          </SectionTitle>
        </Card>
      ))}
      {entries.length < MOST ? (
        <p>
          <Button onClick={() => onChange([...entries, blank(entries[0]?.language ?? languageNow())])}>{say(`add-${kind}`)}</Button>
        </p>
      ) : null}
    </Section>
  );
};
