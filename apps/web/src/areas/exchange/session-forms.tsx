import { useMemo, type PropsWithChildren } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { usePersonName } from '../../content/meeting';
import { useRequired } from '../../content/required';
import { useWords } from '../../content/words';
import { instantOf, localOf } from '../../content/when';
import { Check, Choices, TextField, type FieldProps } from '../../design/fields';
import { Button, Form } from '../../design/parts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { useExchangeTexts } from './texts';
import { absentFrom, type Exchange, type Self, type Session } from './use-exchange';

const USUAL_MINUTES = 60;

interface FormProps {
  readonly onDone: () => void;
}

const SessionForm = ({
  onSend,
  isSending,
  fault,
  onDone,
  label,
  children,
}: PropsWithChildren<FormProps & { onSend: () => Promise<unknown>; isSending: boolean; fault: unknown; label?: string }>) => {
  const say = useExchangeTexts();
  const words = useWords();
  return (
    <Form onSend={() => void onSend()}>
      {children}
      <Fault fault={fault} />
      <div className="row">
        <Button type="submit" look="primary" isBusy={isSending}>
          {label ?? say('save')}
        </Button>
        <Button look="plain" onClick={onDone}>
          {words('cancel')}
        </Button>
      </div>
    </Form>
  );
};

interface Time {
  readonly start: string;
  readonly minutes: string;
}

const timeOf = (session: Session | null): Time => ({
  start: session ? localOf(session.start) : '',
  minutes: String(session?.minutes ?? USUAL_MINUTES),
});

const TimeFields = ({
  time,
  onChange,
  fault,
}: {
  readonly time: Time;
  readonly onChange: (change: Partial<Time>) => void;
  readonly fault: unknown;
}) => {
  const say = useExchangeTexts();
  return (
    <>
      <TextField
        label={say('start')}
        type="datetime-local"
        value={time.start}
        onChange={(start) => onChange({ start })}
        error={errorOf(fault, 'start')}
      />
      <TextField
        label={say('length')}
        type="number"
        inputMode="numeric"
        min={1}
        max={720}
        value={time.minutes}
        onChange={(minutes) => onChange({ minutes })}
        error={errorOf(fault, 'minutes')}
      />
    </>
  );
};

/** Plans a session more, or moves one. */
export const PlanForm = ({
  exchangeId,
  session,
  onDone,
}: FormProps & { readonly exchangeId: string; readonly session: Session | null }) => {
  const { networkId } = useNetwork();
  const name = `${networkId}/plan/${exchangeId}/${session?.sessionId ?? 'new'}`;
  const [time, change, clear] = useDraft(
    name,
    useMemo(() => timeOf(session), [session]),
  );
  const plan = useCommand(name, async (body: { readonly start: string; readonly minutes: number }, key) => {
    const header = { 'Idempotency-Key': key };
    return session
      ? api.PUT('/networks/{networkId}/exchanges/{exchangeId}/sessions/{sessionId}/plan', {
          params: { path: { networkId, exchangeId, sessionId: session.sessionId }, header },
          body,
        })
      : api.POST('/networks/{networkId}/exchanges/{exchangeId}/sessions', { params: { path: { networkId, exchangeId }, header }, body });
  });
  const send = async (): Promise<void> => {
    if (!(await plan.send({ start: instantOf(time.start), minutes: Number(time.minutes) }))) return;
    clear();
    onDone();
  };
  return (
    <SessionForm onSend={send} isSending={plan.isSending} fault={plan.fault} onDone={onDone}>
      <TimeFields time={time} onChange={change} fault={plan.fault} />
    </SessionForm>
  );
};

interface SessionFormProps extends FormProps {
  readonly exchange: Exchange;
  readonly self: Self;
}

/** Tells that a session took place: when, how long, who was there; of one's own minutes, how many lay outside working hours (R12, R20). */
export const ReportForm = ({ exchange, self, session, onDone }: SessionFormProps & { readonly session: Session | null }) => {
  const say = useExchangeTexts();
  const nameOf = usePersonName(self.ownId);
  const { networkId } = useNetwork();
  const { exchangeId, participants } = exchange;
  const name = `${networkId}/report/${exchangeId}/${session?.sessionId ?? 'new'}`;
  const known = participants.flatMap((person) => (person.memberId === null ? [] : [{ ...person, memberId: person.memberId }]));
  const [draft, change, clear] = useDraft(
    name,
    useMemo(() => ({ ...timeOf(session), absent: [] as readonly string[], outside: '0' }), [session]),
  );
  const present = known
    .filter(({ memberId }) => !draft.absent.includes(memberId))
    .map(({ memberId, role }) => ({ memberId, role, minutesOutside: memberId === self.ownId ? Number(draft.outside) : 0 }));
  const report = useCommand(name, (body: { sessionId?: string; start: string; minutes: number; present: typeof present }, key) =>
    api.POST('/networks/{networkId}/exchanges/{exchangeId}/session-reports', {
      params: { path: { networkId, exchangeId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
  const send = async (): Promise<void> => {
    const told = { start: instantOf(draft.start), minutes: Number(draft.minutes), present };
    if (!(await report.send(session ? { sessionId: session.sessionId, ...told } : told))) return;
    clear();
    onDone();
  };
  return (
    <SessionForm onSend={send} isSending={report.isSending} fault={report.fault} onDone={onDone}>
      <p className="soft">{say('report-explains')}</p>
      <TimeFields time={draft} onChange={change} fault={report.fault} />
      <fieldset className="field">
        <legend>{say('attendees')}</legend>
        {known.map((person) => (
          <Check
            key={person.memberId}
            label={person.memberId === self.ownId ? say(`you-${person.role}`) : `${nameOf(person)} (${say(person.role)})`}
            isChecked={!draft.absent.includes(person.memberId)}
            onChange={(isThere) =>
              change({ absent: isThere ? draft.absent.filter((id) => id !== person.memberId) : [...draft.absent, person.memberId] })
            }
          />
        ))}
      </fieldset>
      {self.takesPart && !draft.absent.includes(self.ownId) ? (
        <Outside
          value={draft.outside}
          onChange={(outside) => change({ outside })}
          error={errorOf(report.fault, `present.${present.findIndex(({ memberId }) => memberId === self.ownId)}.minutesOutside`)}
        />
      ) : null}
    </SessionForm>
  );
};

interface OutsideProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: FieldProps['error'];
}

const Outside = ({ value, onChange, error }: OutsideProps) => {
  const say = useExchangeTexts();
  return (
    <TextField
      label={say('outside')}
      hint={say('outside-hint')}
      type="number"
      inputMode="numeric"
      min={0}
      max={720}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
};

/** Whether one was there oneself, and how much of it outside one's hours: nobody says so for another (R12, R20). */
export const PresenceForm = ({ exchange, self, session, onDone }: SessionFormProps & { readonly session: Session }) => {
  const say = useExchangeTexts();
  const { networkId } = useNetwork();
  const { exchangeId } = exchange;
  const { sessionId } = session;
  const name = `${networkId}/correct/${sessionId}`;
  const was = session.present.find(({ memberId }) => memberId === self.ownId);
  const [draft, change, clear] = useDraft(
    name,
    useMemo(() => ({ there: was ? ('yes' as const) : ('no' as const), outside: String(was?.minutesOutside ?? 0) }) as Presence, [was]),
  );
  const correct = useCommand(name, (body: { now?: { role: 'giver' | 'learner'; minutesOutside: number } }, key) =>
    api.POST('/networks/{networkId}/exchanges/{exchangeId}/sessions/{sessionId}/correction', {
      params: { path: { networkId, exchangeId, sessionId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
  const send = async (): Promise<void> => {
    const now = { role: self.role!, minutesOutside: Number(draft.outside) };
    if (!(await correct.send(draft.there === 'yes' ? { now } : {}))) return;
    clear();
    onDone();
  };
  return (
    <SessionForm onSend={send} isSending={correct.isSending} fault={correct.fault} onDone={onDone}>
      <Choices
        label={say('title-correct')}
        value={draft.there}
        onChange={(there) => change({ there })}
        options={[
          { value: 'yes', label: say('was-there') },
          { value: 'no', label: say('was-not-there') },
        ]}
      />
      {draft.there === 'yes' ? (
        <Outside value={draft.outside} onChange={(outside) => change({ outside })} error={errorOf(correct.fault, 'now.minutesOutside')} />
      ) : null}
    </SessionForm>
  );
};

interface Presence {
  readonly there: 'yes' | 'no';
  readonly outside: string;
}

const NOBODY = { memberId: '' };

/** One person who was expected and did not come. */
export const NoShowForm = ({ exchange, self, session, onDone }: SessionFormProps & { readonly session: Session }) => {
  const say = useExchangeTexts();
  const nameOf = usePersonName(self.ownId);
  const { networkId } = useNetwork();
  const { exchangeId } = exchange;
  const { sessionId } = session;
  const name = `${networkId}/no-show/${sessionId}`;
  const [{ memberId }, change, clear] = useDraft(name, NOBODY);
  const report = useCommand(name, (body: { readonly memberId: string }, key) =>
    api.POST('/networks/{networkId}/exchanges/{exchangeId}/sessions/{sessionId}/no-shows', {
      params: { path: { networkId, exchangeId, sessionId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
  const absent = absentFrom(session, exchange);
  const { missing, isWhole } = useRequired({ memberId: memberId !== '' });
  const send = async (): Promise<void> => {
    if (!isWhole() || !(await report.send({ memberId }))) return;
    clear();
    onDone();
  };
  return (
    <SessionForm onSend={send} isSending={report.isSending} fault={report.fault} onDone={onDone}>
      <p className="soft">{say('no-show-explains')}</p>
      <Choices
        label={say('no-show-who')}
        value={memberId}
        onChange={(absentee) => change({ memberId: absentee })}
        options={absent.map((person) => ({ value: person.memberId!, label: nameOf(person) }))}
        error={errorOf(report.fault, 'memberId') ?? missing('memberId')}
      />
    </SessionForm>
  );
};
