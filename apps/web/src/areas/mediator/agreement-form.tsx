import { useMemo, useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { instantOf } from '../../content/when';
import { usePersonName, type Meeting } from '../../content/meeting';
import { TextArea, TextField, type FieldProps } from '../../design/fields';
import { Button, Form, Section } from '../../design/parts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { useMediatorTexts } from './texts';

interface SessionDraft {
  readonly start: string;
  readonly minutes: string;
}

interface AgreementDraft {
  readonly content: string;
  readonly method: string;
  readonly place: string;
  readonly sessions: readonly SessionDraft[];
  readonly criteria: readonly string[];
}

const NEW_SESSION: SessionDraft = { start: '', minutes: '60' };
const STARTS = ['alone', 'explains', 'first', 'knows-when'] as const;
const MOST_SESSIONS = 50;
const MOST_CRITERIA = 20;

/** As the API takes it: what was left empty is left out. */
const agreementOf = ({ content, method, place, sessions, criteria }: AgreementDraft) => ({
  content: content.trim(),
  method: method.trim(),
  place: place.trim(),
  sessions: sessions
    .map(({ start, minutes }) => ({ start: instantOf(start), minutes: Number(minutes) }))
    .filter(({ start }) => start !== ''),
  criteria: criteria.map((text) => ({ text: text.trim() })).filter(({ text }) => text !== ''),
});
type Agreement = ReturnType<typeof agreementOf>;

const replaced = <Value,>(values: readonly Value[], at: number, value: Value): readonly Value[] =>
  values.map((one, index) => (index === at ? value : one));
const without = <Value,>(values: readonly Value[], at: number): readonly Value[] => values.filter((_, index) => index !== at);

/** Content, method, place, sessions and criteria (R8), of a mediator at the meeting, or of a participant where the connection is waived (R9). */
export const AgreementForm = ({
  match,
  help,
  onRecorded,
}: {
  readonly match: Meeting;
  readonly help: string;
  readonly onRecorded: () => void;
}) => {
  const say = useMediatorTexts();
  const { networkId } = useNetwork();
  const name = `${networkId}/agreement/${match.id}`;
  const offered = match.participants.find(({ role }) => role === 'giver')?.wording ?? '';
  const [draft, change, clear] = useDraft<AgreementDraft>(
    name,
    useMemo(() => ({ content: offered, method: '', place: '', sessions: [NEW_SESSION], criteria: [''] }), [offered]),
  );
  const [isTried, setTried] = useState(false);
  const command = useCommand(name, (body: Agreement, key) =>
    api.POST('/networks/{networkId}/matches/{matchId}/agreement', {
      params: { path: { networkId, matchId: match.id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
  const agreement = agreementOf(draft);
  const missing = {
    content: agreement.content === '' ? say('needs-content') : undefined,
    method: agreement.method === '' ? say('needs-method') : undefined,
    place: agreement.place === '' ? say('needs-agreed-place') : undefined,
    sessions: agreement.sessions.length === 0 ? say('needs-sessions') : undefined,
    criteria: agreement.criteria.length === 0 ? say('needs-criteria') : undefined,
  };
  const wrong = (field: keyof typeof missing) => errorOf(command.fault, field) ?? (isTried ? missing[field] : undefined);
  const send = async (): Promise<void> => {
    setTried(true);
    if (Object.values(missing).some(Boolean)) return;
    if (!(await command.send(agreement))) return;
    clear();
    onRecorded();
  };
  return (
    <Section title={say('agreement')}>
      <p className="soft">{help}</p>
      <Form onSend={() => void send()}>
        <TextArea
          label={say('content')}
          hint={say('content-hint')}
          value={draft.content}
          maxLength={4000}
          onChange={(content) => change({ content })}
          error={wrong('content')}
        />
        <TextArea
          label={say('method')}
          hint={say('method-hint')}
          value={draft.method}
          maxLength={4000}
          onChange={(method) => change({ method })}
          error={wrong('method')}
        />
        <TextField
          label={say('agreed-place')}
          value={draft.place}
          maxLength={500}
          onChange={(place) => change({ place })}
          error={wrong('place')}
        />
        <Sessions draft={draft} change={change} fault={command.fault} missing={wrong('sessions')} />
        <Criteria match={match} draft={draft} change={change} fault={command.fault} missing={wrong('criteria')} />
        <Fault fault={command.fault} />
        <div className="row">
          <Button type="submit" look="primary" isBusy={command.isSending}>
            {say('record-agreement')}
          </Button>
        </div>
      </Form>
    </Section>
  );
};

interface PartProps {
  readonly draft: AgreementDraft;
  readonly change: (change: Partial<AgreementDraft>) => void;
  readonly fault: Error | null;
  readonly missing: FieldProps['error'];
}

const Sessions = ({ draft: { sessions }, change, fault, missing }: PartProps) => {
  const say = useMediatorTexts();
  const set = (at: number, session: SessionDraft): void => change({ sessions: replaced(sessions, at, session) });
  return (
    <div className="stack tight">
      {sessions.map((session, at) => (
        <fieldset key={at} className="field">
          <legend>{say('session', { number: at + 1 })}</legend>
          <div className="row">
            <TextField
              label={say('start')}
              type="datetime-local"
              value={session.start}
              onChange={(start) => set(at, { ...session, start })}
              error={errorOf(fault, `sessions.${at}.start`) ?? (at === 0 ? missing : undefined)}
            />
            <TextField
              label={say('minutes')}
              type="number"
              inputMode="numeric"
              min={1}
              max={720}
              value={session.minutes}
              onChange={(minutes) => set(at, { ...session, minutes })}
              error={errorOf(fault, `sessions.${at}.minutes`)}
            />
            {sessions.length > 1 ? (
              <Button look="plain" onClick={() => change({ sessions: without(sessions, at) })}>
                {say('remove-session', { number: at + 1 })}
              </Button>
            ) : null}
          </div>
        </fieldset>
      ))}
      {sessions.length < MOST_SESSIONS ? (
        <p>
          <Button onClick={() => change({ sessions: [...sessions, NEW_SESSION] })}>{say('add-session')}</Button>
        </p>
      ) : null}
    </div>
  );
};

const Criteria = ({ match, draft: { criteria }, change, fault, missing }: PartProps & { readonly match: Meeting }) => {
  const say = useMediatorTexts();
  const nameOf = usePersonName(null);
  const learner = match.participants.find(({ role }) => role === 'learner');
  const name = learner ? nameOf(learner) : '…';
  const begin = (words: string): void => {
    const free = criteria.findIndex((text) => text.trim() === '');
    change({ criteria: free < 0 ? [...criteria, words] : replaced(criteria, free, words) });
  };
  return (
    <fieldset className="field">
      <legend>{say('criteria')}</legend>
      <p className="soft">{say('criteria-help')}</p>
      <div className="row" role="group" aria-label={say('criterion-starts')}>
        {STARTS.map((start) => (
          <Button key={start} onClick={() => begin(say(`start-${start}`, { name }))}>
            {say(`start-${start}`, { name }).trim()} …
          </Button>
        ))}
      </div>
      {criteria.map((text, at) => (
        <div key={at} className="stack tight">
          <TextField
            label={say('criterion', { number: at + 1 })}
            value={text}
            maxLength={500}
            onChange={(value) => change({ criteria: replaced(criteria, at, value) })}
            error={errorOf(fault, `criteria.${at}.text`) ?? (at === 0 ? missing : undefined)}
          />
          {criteria.length > 1 ? (
            <p>
              <Button look="plain" onClick={() => change({ criteria: without(criteria, at) })}>
                {say('remove-criterion', { number: at + 1 })}
              </Button>
            </p>
          ) : null}
        </div>
      ))}
      {criteria.length < MOST_CRITERIA ? (
        <p>
          <Button onClick={() => change({ criteria: [...criteria, ''] })}>{say('add-criterion')}</Button>
        </p>
      ) : null}
    </fieldset>
  );
};
