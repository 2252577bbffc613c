import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { Bends } from '../../content/bends';
import { Fault } from '../../content/fault';
import { topicOf, usePersonName, type Meeting } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Choices } from '../../design/fields';
import { Button, Card, Dialog, Notice, Page, Section, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { day, dayAndTime, daysFromNow } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { NoAgreement, Recording } from './recording';

const useMatchTexts = defineTexts('match', {
  fr: {
    title: 'Appariement : {{topic}}',
    who: 'Qui',
    giver: 'transmet',
    learner: 'apprend',
    'you-giver': 'Vous transmettez',
    'you-learner': 'Vous apprenez',
    answer: 'Votre réponse',
    'answer-by': 'Répondez avant le {{day}} ({{when}}). Sans réponse, l’appariement continue sans vous s’il reste assez de monde.',
    accept: 'J’accepte',
    decline: 'Je décline',
    'decline-title': 'Décliner',
    'decline-text': 'Personne n’a à se justifier ; un mot aide à mieux proposer ensuite.',
    reason: 'Pourquoi',
    'reason-no-time': 'Pas le temps en ce moment',
    'reason-not-what-i-seek': 'Ce n’est pas ce que je cherche',
    'reason-rather-not-with': 'Plutôt pas avec cette personne',
    'reason-other': 'Autre',
    connection: 'La mise en relation',
    'no-connection': 'Une personne médiatrice vous proposera un moment et un lieu.',
    when: 'Quand',
    where: 'Où',
    mediator: 'Avec',
    agreement: 'Le contrat d’échange',
    content: 'Contenu',
    method: 'Méthode',
    sessions: 'Séances',
    criteria: 'Critères du bilan',
    minutes: '{{when}}, {{minutes}} minutes',
    confirm: 'J’ai tout lu et je suis d’accord',
    ended: 'Cet appariement est terminé.',
    awaiting: 'Le contrat d’échange est noté ; il attend l’accord des autres.',
    'to-exchange': 'Voir l’échange et ses séances',
    why: 'Pourquoi cet appariement',
  },
  en: {
    title: 'Match: {{topic}}',
    who: 'Who',
    giver: 'teaches',
    learner: 'learns',
    'you-giver': 'You teach',
    'you-learner': 'You learn',
    answer: 'Your answer',
    'answer-by': 'Answer by {{day}} ({{when}}). Without an answer the match goes on without you if enough people remain.',
    accept: 'I accept',
    decline: 'I decline',
    'decline-title': 'Decline',
    'decline-text': 'Nobody has to give reasons; a word helps to propose better next time.',
    reason: 'Why',
    'reason-no-time': 'No time at the moment',
    'reason-not-what-i-seek': 'Not what I am looking for',
    'reason-rather-not-with': 'Rather not with this person',
    'reason-other': 'Something else',
    connection: 'The connection',
    'no-connection': 'A mediator will propose a time and a place.',
    when: 'When',
    where: 'Where',
    mediator: 'With',
    agreement: 'The agreement',
    content: 'Content',
    method: 'Method',
    sessions: 'Sessions',
    criteria: 'Criteria of the evaluation',
    minutes: '{{when}}, {{minutes}} minutes',
    confirm: 'I have read it all and agree',
    ended: 'This match has ended.',
    awaiting: 'The agreement is recorded; it waits for the others’ word.',
    'to-exchange': 'See the exchange and its sessions',
    why: 'Why this match',
  },
});

const ENDED = ['superseded', 'declined', 'expired', 'not-agreed'];
const REASONS = ['no-time', 'not-what-i-seek', 'rather-not-with', 'other'] as const;
type Reason = (typeof REASONS)[number];

/** One match for those who take part: who, why, what to answer until when; then the connection and the agreement. */
export const MatchPage = () => {
  const say = useMatchTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { matchId } = useParams({ from: '/n/$networkId/matches/$matchId' });
  const path = { networkId, matchId };
  const found = queries.useQuery('get', '/networks/{networkId}/matches/{matchId}', { params: { path } });
  const own = queries.useQuery('get', '/networks/{networkId}/members/me', { params: { path: { networkId }, query: { limit: 1 } } });
  const queue = queries.useQuery('get', '/networks/{networkId}/match-queue', { params: { path: { networkId }, query: { limit: 200 } } });
  const match = found.data?.match;
  const ownId = own.data?.member?.memberId;
  const nameOf = usePersonName(ownId);
  const waiting = (why: string): boolean =>
    queue.data?.items.some((item) => item.id === matchId && item.why === why && item.who === ownId) === true;
  if (!match)
    return (
      <Page title={say('title', { topic: '…' })}>
        {found.error ? <Fault fault={found.error} onRetry={() => void found.refetch()} /> : <Waiting label={words('waiting')} />}
      </Page>
    );
  return (
    <Page title={say('title', { topic: topicOf(match) })}>
      {ENDED.includes(match.status) ? <Notice>{say('ended')}</Notice> : null}
      {match.status === 'agreed' ? <ToExchange matchId={match.id} /> : null}
      <Section title={say('who')}>
        <ul role="list" className="columns">
          {match.participants.map((person, at) => (
            <li key={person.memberId ?? at}>
              <Card>
                <p>
                  {ownId !== undefined && person.memberId === ownId ? (
                    <strong>{say(`you-${person.role}`)}</strong>
                  ) : (
                    <>
                      <strong>{nameOf(person)}</strong> {say(person.role)}
                    </>
                  )}
                </p>
                <p className="soft">{person.wording}</p>
              </Card>
            </li>
          ))}
        </ul>
        <Bends bends={match.bends} to="you" />
        {match.reason ? (
          <p>
            {say('why')} : {match.reason}
          </p>
        ) : null}
      </Section>
      {waiting('answer-match') ? <Answering match={match} /> : null}
      {match.connection || (match.status === 'confirmed' && !match.agreement && !waiting('record-agreement')) ? (
        <Connection match={match} />
      ) : null}
      {waiting('record-agreement') ? <Recording match={match} /> : null}
      {match.agreement && match.awaiting.length > 0 && !waiting('confirm-agreement') ? <Notice>{say('awaiting')}</Notice> : null}
      {match.agreement ? <Agreement match={match} mayConfirm={waiting('confirm-agreement')} /> : null}
      {waiting('record-agreement') || waiting('confirm-agreement') ? <NoAgreement matchId={match.id} /> : null}
    </Page>
  );
};

const OPENS_MS = 2000;

/** From an agreed match to what came of it. */
const ToExchange = ({ matchId }: { readonly matchId: string }) => {
  const say = useMatchTexts();
  const { networkId } = useNetwork();
  const { data } = queries.useQuery(
    'get',
    '/networks/{networkId}/exchanges',
    { params: { path: { networkId }, query: { limit: 200 } } },
    // it opens a moment after the agreement
    { refetchInterval: ({ state }) => (state.data?.exchanges.some((one) => one.matchId === matchId) ? false : OPENS_MS) },
  );
  const exchange = data?.exchanges.find((one) => one.matchId === matchId);
  if (!exchange) return null;
  return (
    <p>
      <Link to="/n/$networkId/exchanges/$exchangeId" params={{ networkId, exchangeId: exchange.exchangeId }} className="button primary">
        {say('to-exchange')}
      </Link>
    </p>
  );
};

const NO_REASON: { readonly reason: Reason | '' } = { reason: '' };

const Answering = ({ match: { id, until } }: { readonly match: Meeting }) => {
  const say = useMatchTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const [isDeclining, setDeclining] = useState(false);
  const declining = `${networkId}/decline/${id}`;
  const [{ reason }, change, clear] = useDraft(declining, NO_REASON);
  const of = (key: string) => ({ path: { networkId, matchId: id }, header: { 'Idempotency-Key': key } });
  const accept = useCommand(`${networkId}/accept/${id}`, (_: 'accept', key) =>
    api.POST('/networks/{networkId}/matches/{matchId}/acceptance', { params: of(key) }),
  );
  const decline = useCommand(declining, (why: Reason, key) =>
    api.POST('/networks/{networkId}/matches/{matchId}/decline', { params: of(key), body: { reason: why } }),
  );
  const sendDecline = async (): Promise<void> => {
    if (!(await decline.send(reason || 'other'))) return;
    clear();
    setDeclining(false);
  };
  return (
    <Section title={say('answer')}>
      {until ? <p>{say('answer-by', { day: day(until), when: daysFromNow(until) })}</p> : null}
      <Fault fault={accept.fault} />
      <div className="row">
        <Button look="primary" isBusy={accept.isSending} onClick={() => void accept.send('accept')}>
          {say('accept')}
        </Button>
        <Button onClick={() => setDeclining(true)}>{say('decline')}</Button>
      </div>
      <Dialog isOpen={isDeclining} onClose={() => setDeclining(false)} title={say('decline-title')}>
        <p>{say('decline-text')}</p>
        <Choices
          label={say('reason')}
          value={reason}
          onChange={(why) => change({ reason: why })}
          options={REASONS.map((value) => ({ value, label: say(`reason-${value}`) }))}
        />
        <Fault fault={decline.fault} />
        <div className="row">
          <Button look="bad" isBusy={decline.isSending} onClick={() => void sendDecline()}>
            {say('decline')}
          </Button>
          <Button look="plain" onClick={() => setDeclining(false)}>
            {words('cancel')}
          </Button>
        </div>
      </Dialog>
    </Section>
  );
};

const Connection = ({ match: { connection, mediator } }: { readonly match: Meeting }) => {
  const say = useMatchTexts();
  const nameOf = usePersonName(null);
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
        <p>{say('no-connection')}</p>
      )}
    </Section>
  );
};

const Agreement = ({ match: { id, agreement }, mayConfirm }: { readonly match: Meeting; readonly mayConfirm: boolean }) => {
  const say = useMatchTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const confirm = useCommand(`${networkId}/agree/${id}`, (_: 'confirm', key) =>
    api.POST('/networks/{networkId}/matches/{matchId}/agreement-confirmation', {
      params: { path: { networkId, matchId: id }, header: { 'Idempotency-Key': key } },
    }),
  );
  if (!agreement) return null;
  return (
    <Section title={say('agreement')}>
      <dl className="facts">
        <dt>{say('content')}</dt>
        <dd>{agreement.content ?? words('erased')}</dd>
        <dt>{say('method')}</dt>
        <dd>{agreement.method ?? words('erased')}</dd>
        <dt>{say('where')}</dt>
        <dd>{agreement.place ?? words('erased')}</dd>
        <dt>{say('sessions')}</dt>
        <dd>
          <ul>
            {agreement.sessions.map(({ sessionId, start, minutes }) => (
              <li key={sessionId}>{say('minutes', { when: dayAndTime(start), minutes })}</li>
            ))}
          </ul>
        </dd>
        <dt>{say('criteria')}</dt>
        <dd>
          <ul>
            {agreement.criteria.map(({ criterionId, text }) => (
              <li key={criterionId}>{text ?? words('erased')}</li>
            ))}
          </ul>
        </dd>
      </dl>
      <Fault fault={confirm.fault} />
      {mayConfirm ? (
        <div className="row">
          <Button look="primary" isBusy={confirm.isSending} onClick={() => void confirm.send('confirm')}>
            {say('confirm')}
          </Button>
        </div>
      ) : null}
    </Section>
  );
};
