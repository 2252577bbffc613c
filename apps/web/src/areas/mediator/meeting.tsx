import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { Bends } from '../../content/bends';
import { errorOf, Fault } from '../../content/fault';
import { instantOf, localOf } from '../../content/when';
import { topicOf, usePersonName, type Meeting } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Choices, Select, TextField } from '../../design/fields';
import { Button, Card, Dialog, Form, Notice, Page, Section, Waiting } from '../../design/parts';
import { dayAndTime } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork, useRoles } from '../../session/session';
import { AgreementForm } from './agreement-form';
import { useMediatorTexts } from './texts';

const ENDED = ['superseded', 'declined', 'expired', 'not-agreed'];
const OPEN = ['confirmed', 'connection-planned'];

/** One match from its confirmation to its agreement, for whoever brings its people together. */
export const MediatedMeeting = () => {
  const say = useMediatorTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const roles = useRoles();
  const { matchId } = useParams({ from: '/n/$networkId/mediation/$matchId' });
  const found = queries.useQuery('get', '/networks/{networkId}/matches/{matchId}', { params: { path: { networkId, matchId } } });
  const own = queries.useQuery(
    'get',
    '/networks/{networkId}/members/me',
    { params: { path: { networkId }, query: { limit: 1 } } },
    { enabled: roles.has('member') },
  );
  const [isRecorded, setRecorded] = useState(false);
  const match = found.data?.match;
  const ownId = own.data?.member?.memberId ?? null;
  const nameOf = usePersonName(ownId);
  if (!match || own.isLoading)
    return (
      <Page title={say('meeting-title', { topic: '…' })}>
        {found.error ? <Fault fault={found.error} onRetry={() => void found.refetch()} /> : <Waiting label={words('waiting')} />}
      </Page>
    );
  const isOpen = OPEN.includes(match.status);
  const isMine = ownId !== null && match.mediator?.memberId === ownId;
  return (
    <Page title={say('meeting-title', { topic: topicOf(match) })}>
      {roles.has('mediator') ? (
        <p>
          <Link to="/n/$networkId/mediation" params={{ networkId }}>
            {say('back')}
          </Link>
        </p>
      ) : null}
      {isRecorded ? (
        <Notice>
          <p>
            <strong>{say('recorded-title')}</strong>
          </p>
          <p>{say('recorded')}</p>
        </Notice>
      ) : null}
      {ENDED.includes(match.status) ? <Notice>{say('ended')}</Notice> : null}
      {!isRecorded && (match.status === 'agreed' || match.kind === 'exchange') ? <Notice>{say('agreed')}</Notice> : null}
      <Section title={say('who')}>
        <ul role="list" className="columns">
          {match.participants.map((person, at) => (
            <li key={person.memberId ?? at}>
              <Card>
                <p>
                  <strong>{nameOf(person)}</strong> {say(person.role)}
                </p>
                {person.topic?.text ? <p>{person.topic.text}</p> : null}
                <p className="soft">{person.wording ?? words('erased')}</p>
              </Card>
            </li>
          ))}
        </ul>
        <Bends bends={match.bends} to="they" />
      </Section>
      <Connection match={match} ownId={ownId} isOpen={isOpen} />
      {isOpen && match.connection && isMine ? (
        <AgreementForm key={match.id} match={match} help={say('agreement-help')} onRecorded={() => setRecorded(true)} />
      ) : null}
      {isOpen && match.connection && !isMine && match.mediator && roles.has('mediator') ? (
        <p className="soft">{say('other-mediator', { name: nameOf(match.mediator) })}</p>
      ) : null}
      {isOpen && isMine ? <NoAgreement matchId={match.id} /> : null}
    </Page>
  );
};

interface Props {
  readonly match: Meeting;
  readonly ownId: string | null;
}

const Connection = ({ match, ownId, isOpen }: Props & { readonly isOpen: boolean }) => {
  const say = useMediatorTexts();
  const nameOf = usePersonName(ownId);
  const [isMoving, setMoving] = useState(false);
  const { connection, mediator } = match;
  return (
    <Section title={say('connection')}>
      {connection ? (
        <dl className="facts">
          <dt>{say('when')}</dt>
          <dd>{dayAndTime(connection.start)}</dd>
          <dt>{say('where')}</dt>
          <dd>{connection.place}</dd>
          {mediator ? (
            <>
              <dt>{say('mediator')}</dt>
              <dd>{nameOf(mediator)}</dd>
            </>
          ) : null}
        </dl>
      ) : (
        <p>{say('connection-none')}</p>
      )}
      {isOpen && connection && !isMoving ? (
        <p>
          <Button onClick={() => setMoving(true)}>{say('move')}</Button>
        </p>
      ) : null}
      {isOpen && (!connection || isMoving) ? <PlanForm match={match} ownId={ownId} onDone={() => setMoving(false)} /> : null}
    </Section>
  );
};

const PlanForm = ({ match, ownId, onDone }: Props & { readonly onDone: () => void }) => {
  const say = useMediatorTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const roles = useRoles();
  const mediators = queries.useQuery('get', '/networks/{networkId}/mediators', { params: { path: { networkId } } });
  // a mediator plans in their own name, a facilitator in anybody's
  const mayChoose = roles.has('facilitator');
  const { connection } = match;
  const name = `${networkId}/plan-connection/${match.id}`;
  const [draft, change, clear] = useDraft(
    name,
    useMemo(
      () => ({
        mediatorId: '',
        start: connection ? localOf(connection.start) : '',
        place: connection?.place ?? '',
      }),
      // what was planned when the form was opened
      [],
    ),
  );
  const [isTried, setTried] = useState(false);
  const command = useCommand(name, (body: { readonly mediatorId: string; readonly start: string; readonly place: string }, key) =>
    api.POST('/networks/{networkId}/matches/{matchId}/connection', {
      params: { path: { networkId, matchId: match.id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
  const start = instantOf(draft.start);
  const mediatorId = mayChoose ? draft.mediatorId : (ownId ?? '');
  const missing = {
    start: start === '' ? say('needs-start') : undefined,
    place: draft.place.trim() === '' ? say('needs-place') : undefined,
    mediatorId: mediatorId === '' ? say('needs-mediator') : undefined,
  };
  const wrong = (field: 'start' | 'place' | 'mediatorId') => errorOf(command.fault, field) ?? (isTried ? missing[field] : undefined);
  const send = async (): Promise<void> => {
    setTried(true);
    if (Object.values(missing).some(Boolean)) return;
    if (!(await command.send({ mediatorId, start, place: draft.place.trim() }))) return;
    clear();
    onDone();
  };
  const choices = (mediators.data?.mediators ?? []).map(({ memberId, name: called }) => ({
    value: memberId,
    label: memberId === ownId ? words('you') : (called ?? words('erased')),
  }));
  return (
    <Form onSend={() => void send()}>
      <h3>{connection ? say('move') : say('plan-title')}</h3>
      <p className="soft">{say('plan-help')}</p>
      {mayChoose ? (
        <Select
          label={say('mediator-choose')}
          any={say('choose')}
          value={draft.mediatorId}
          options={choices}
          onChange={(mediatorId) => change({ mediatorId })}
          error={wrong('mediatorId')}
        />
      ) : null}
      <TextField
        label={say('start')}
        hint={say('start-hint')}
        type="datetime-local"
        value={draft.start}
        onChange={(value) => change({ start: value })}
        error={wrong('start')}
      />
      <TextField
        label={say('place')}
        hint={say('place-hint')}
        value={draft.place}
        maxLength={500}
        onChange={(place) => change({ place })}
        error={wrong('place')}
      />
      <Fault fault={command.fault} />
      <div className="row">
        <Button type="submit" look="primary" isBusy={command.isSending}>
          {say('send-plan')}
        </Button>
        {connection ? (
          <Button look="plain" onClick={onDone}>
            {words('cancel')}
          </Button>
        ) : null}
      </div>
    </Form>
  );
};

const REASONS = ['participants-declined', 'no-connection', 'no-outcome', 'other'] as const;
type Reason = (typeof REASONS)[number];
const USUAL_REASON: { readonly reason: Reason } = { reason: 'participants-declined' };

const NoAgreement = ({ matchId }: { readonly matchId: string }) => {
  const say = useMediatorTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const [isOpen, setOpen] = useState(false);
  const name = `${networkId}/no-agreement/${matchId}`;
  const [{ reason }, change, clear] = useDraft(name, USUAL_REASON);
  const command = useCommand(name, (why: Reason, key) =>
    api.POST('/networks/{networkId}/matches/{matchId}/no-agreement', {
      params: { path: { networkId, matchId }, header: { 'Idempotency-Key': key } },
      body: { reason: why },
    }),
  );
  const send = async (): Promise<void> => {
    if (!(await command.send(reason))) return;
    clear();
    setOpen(false);
  };
  return (
    <div>
      <Button look="bad" onClick={() => setOpen(true)}>
        {say('no-agreement')}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={say('no-agreement-title')}>
        <p>{say('no-agreement-text')}</p>
        <Choices
          label={say('reason')}
          value={reason}
          onChange={(why) => change({ reason: why })}
          options={REASONS.map((value) => ({ value, label: say(`reason-${value}`) }))}
        />
        <Fault fault={command.fault} />
        <div className="row">
          <Button look="bad" isBusy={command.isSending} onClick={() => void send()}>
            {say('end-it')}
          </Button>
          <Button look="plain" onClick={() => setOpen(false)}>
            {words('cancel')}
          </Button>
        </div>
      </Dialog>
    </div>
  );
};
