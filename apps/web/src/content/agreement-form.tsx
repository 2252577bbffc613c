import { errorOf, Fault } from './fault';
import { instantOf } from './when';
import { TextArea, TextField } from '../design/fields';
import { Button, Card } from '../design/parts';
import { defineTexts } from '../i18n/define-texts';

const useAgreementTexts = defineTexts('agreement-form', {
  fr: {
    content: 'Contenu',
    'content-hint': 'Ce qui sera vu, et ce qui ne le sera pas.',
    method: 'Méthode',
    'method-hint': 'Démonstration, exercices, sur un cas réel…',
    place: 'Lieu',
    'place-hint': 'Une salle, un poste, ou un lien de visioconférence.',
    sessions: 'Séances',
    start: 'Début',
    minutes: 'Durée en minutes',
    'add-session': 'Ajouter une séance',
    'remove-session': 'Retirer cette séance',
    criteria: 'Critères du bilan',
    criterion: 'Critère {{number}}',
    'criteria-hint': 'À quoi verrez-vous que c’est réussi ? « Savoir le refaire seul. »',
    'add-criterion': 'Ajouter un critère',
    'remove-criterion': 'Retirer ce critère',
    save: 'Enregistrer le contrat d’échange',
  },
  en: {
    content: 'Content',
    'content-hint': 'What will be covered, and what will not.',
    method: 'Method',
    'method-hint': 'Demonstration, exercises, on a real case…',
    place: 'Place',
    'place-hint': 'A room, a workplace, or a link to a video call.',
    sessions: 'Sessions',
    start: 'Start',
    minutes: 'Length in minutes',
    'add-session': 'Add a session',
    'remove-session': 'Remove this session',
    criteria: 'Criteria of the evaluation',
    criterion: 'Criterion {{number}}',
    'criteria-hint': 'How will you see that it worked? “Be able to do it again alone.”',
    'add-criterion': 'Add a criterion',
    'remove-criterion': 'Remove this criterion',
    save: 'Record the agreement',
  },
});

export interface AgreementDraft {
  readonly content: string;
  readonly method: string;
  readonly place: string;
  readonly sessions: readonly { readonly start: string; readonly minutes: string }[];
  readonly criteria: readonly string[];
}

const NEW_SESSION = { start: '', minutes: '60' };
export const emptyAgreement: AgreementDraft = { content: '', method: '', place: '', sessions: [NEW_SESSION], criteria: [''] };

/** As the API takes it: what is still blank is left out, and named by R8 where it was needed. */
export const agreementOf = ({ content, method, place, sessions, criteria }: AgreementDraft) => ({
  ...{ content: content.trim(), method: method.trim(), place: place.trim() },
  sessions: sessions.map(({ start, minutes }) => ({ start: instantOf(start), minutes: Number(minutes) })),
  criteria: criteria.filter((text) => text.trim() !== '').map((text) => ({ text: text.trim() })),
});

/** Content, method, sessions, place, and how one will judge it (R8). */
export const AgreementForm = ({
  draft,
  onChange,
  onSend,
  isSending,
  fault,
}: {
  readonly draft: AgreementDraft;
  readonly onChange: (change: Partial<AgreementDraft>) => void;
  readonly onSend: () => void;
  readonly isSending: boolean;
  readonly fault: unknown;
}) => {
  const say = useAgreementTexts();
  const { sessions, criteria } = draft;
  const changeSession = (at: number, change: Partial<AgreementDraft['sessions'][number]>): void =>
    onChange({ sessions: sessions.map((session, index) => (index === at ? { ...session, ...change } : session)) });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {(['content', 'method'] as const).map((field) => (
        <TextArea
          key={field}
          label={say(field)}
          hint={say(`${field}-hint`)}
          rows={field === 'content' ? 4 : 2}
          maxLength={4000}
          value={draft[field]}
          onChange={(text) => onChange({ [field]: text })}
          error={errorOf(fault, field)}
        />
      ))}
      <TextField
        label={say('place')}
        hint={say('place-hint')}
        maxLength={500}
        value={draft.place}
        onChange={(place) => onChange({ place })}
        error={errorOf(fault, 'place')}
      />
      <fieldset className="field">
        <legend>{say('sessions')}</legend>
        {sessions.map(({ start, minutes }, at) => (
          <Card key={at}>
            <TextField
              label={say('start')}
              type="datetime-local"
              value={start}
              onChange={(value) => changeSession(at, { start: value })}
              error={errorOf(fault, `sessions.${at}.start`)}
            />
            <TextField
              label={say('minutes')}
              type="number"
              inputMode="numeric"
              min={1}
              max={720}
              value={minutes}
              onChange={(value) => changeSession(at, { minutes: value })}
              error={errorOf(fault, `sessions.${at}.minutes`)}
            />
            {sessions.length > 1 ? (
              <div className="row">
                <Button look="plain" onClick={() => onChange({ sessions: sessions.filter((_, index) => index !== at) })}>
                  {say('remove-session')}
                </Button>
              </div>
            ) : null}
          </Card>
        ))}
        <div className="row">
          <Button look="plain" onClick={() => onChange({ sessions: [...sessions, NEW_SESSION] })}>
            {say('add-session')}
          </Button>
        </div>
      </fieldset>
      <fieldset className="field">
        <legend>{say('criteria')}</legend>
        {criteria.map((text, at) => (
          <div className="stack tight" key={at}>
            <TextField
              label={say('criterion', { number: at + 1 })}
              hint={at === 0 ? say('criteria-hint') : undefined}
              maxLength={500}
              value={text}
              onChange={(value) => onChange({ criteria: criteria.map((one, index) => (index === at ? value : one)) })}
              error={errorOf(fault, `criteria.${at}.text`)}
            />
            {criteria.length > 1 ? (
              <div className="row">
                <Button look="plain" onClick={() => onChange({ criteria: criteria.filter((_, index) => index !== at) })}>
                  {say('remove-criterion')}
                </Button>
              </div>
            ) : null}
          </div>
        ))}
        <div className="row">
          <Button look="plain" onClick={() => onChange({ criteria: [...criteria, ''] })}>
            {say('add-criterion')}
          </Button>
        </div>
      </fieldset>
      <Fault fault={fault} />
      <div className="row">
        <Button type="submit" look="primary" isBusy={isSending}>
          {say('save')}
        </Button>
      </div>
    </form>
  );
};
