import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { queries } from '../../api/client';
import { useEventWords } from '../../content/event-words';
import { Fault } from '../../content/fault';
import { Id } from '../../content/id';
import { isId } from '../../content/is-id';
import { isMotive, MotiveField } from '../../content/motive-field';
import { useRoleWords } from '../../content/role-words';
import { useWords } from '../../content/words';
import { TextField } from '../../design/fields';
import { Button, Form, Page, Section, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { moment } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { useFigureTexts } from './figure-texts';
import { History } from './history';
import { useMotive } from './motive';
import type { OpenedEvent } from './replayed';
import { Fields } from './value';

const useEventPageTexts = defineTexts('audit-event', {
  fr: {
    title: 'Ouvrir un événement',
    lead: 'Tout événement qu’une réponse nomme : ce qu’il dit, d’où il vient, où il se trouve. Les textes restent des références.',
    event: 'Identifiant de l’événement',
    'needs-event': 'Un identifiant a 32 chiffres et lettres, en cinq groupes.',
    send: 'Ouvrir',
    happened: 'Fait',
    recorded: 'Enregistré',
    cause: 'Cause',
    correlation: 'Corrélation',
    revision: 'N° dans son histoire',
    says: 'Ce qu’il dit',
  },
  en: {
    title: 'Open an event',
    lead: 'Any event that an answer names: what it says, what it came from, where it lies. Texts stay references.',
    event: 'The event’s id',
    'needs-event': 'An id has 32 digits and letters, in five groups.',
    send: 'Open',
    happened: 'Happened',
    recorded: 'Recorded',
    cause: 'Cause',
    correlation: 'Correlation',
    revision: 'No. in its history',
    says: 'What it says',
  },
});

const NOTHING = { typed: '' };

/** One event, by its id. Each look is recorded: nothing asks again behind one's back. */
export const EventPage = () => {
  const say = useEventPageTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { motive, setMotive } = useMotive();
  const { event } = useSearch({ from: '/n/$networkId/audit/event' });
  const [{ typed }, change] = useDraft(`${networkId}/audit-event`, NOTHING, 'tab');
  const [isTried, setTried] = useState(false);
  const opening = queries.useMutation('post', '/networks/{networkId}/events/{eventId}/opening');
  const eventId = typed.trim();
  useEffect(() => {
    if (event) change({ typed: event });
  }, [event]);
  const send = (): void => {
    setTried(true);
    if (!isId(eventId) || !isMotive(motive) || opening.isPending) return;
    opening.mutate({ params: { path: { networkId, eventId } }, body: { motive } });
  };
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Form className="card no-print" onSend={send}>
        <TextField
          label={say('event')}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(id) => change({ typed: id })}
          error={isTried && !isId(eventId) ? say('needs-event') : undefined}
        />
        <MotiveField value={motive} onChange={setMotive} isTried={isTried} />
        <div className="row">
          <Button type="submit" look="primary" isBusy={opening.isPending}>
            {say('send')}
          </Button>
        </div>
      </Form>
      <Fault fault={opening.error} />
      {opening.isPending ? <Waiting label={words('waiting')} /> : null}
      {opening.data ? <Event event={opening.data.event} /> : null}
    </Page>
  );
};

const Event = ({ event }: { readonly event: OpenedEvent }) => {
  const say = useEventPageTexts();
  const figures = useFigureTexts();
  const eventIn = useEventWords();
  const roleIn = useRoleWords();
  const { networkId } = useNetwork();
  const exchange = /^exchange-(.*)$/.exec(event.stream)?.[1];
  return (
    <Section title={eventIn(event.type)}>
      <dl className="facts">
        <dt>{figures('history')}</dt>
        <dd>
          <History of={event.stream} />{' '}
          {exchange === undefined ? null : (
            <Link to="/n/$networkId/audit" params={{ networkId }} search={{ exchange }}>
              {figures('replay')}
            </Link>
          )}
        </dd>
        <dt>{say('revision')}</dt>
        <dd>{event.revision + 1}</dd>
        <dt>{say('happened')}</dt>
        <dd>{moment(event.occurredAt)}</dd>
        <dt>{say('recorded')}</dt>
        <dd>{moment(event.recordedAt)}</dd>
        <dt>{figures('who')}</dt>
        <dd>
          {roleIn(event.actor.role as 'member')} {event.actor.role === 'system' ? null : <Id id={event.actor.id} />}
        </dd>
        <dt>{say('cause')}</dt>
        <dd>
          <Id id={event.causationId} />
        </dd>
        <dt>{say('correlation')}</dt>
        <dd>
          <Id id={event.correlationId} />
        </dd>
      </dl>
      <h3>{say('says')}</h3>
      <Fields of={event.data} />
    </Section>
  );
};
