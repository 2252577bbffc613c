import { Link } from '@tanstack/react-router';
import type { PropsWithChildren } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { Fault } from '../../content/fault';
import { topicOf, usePersonName } from '../../content/meeting';
import { useWaiting } from '../../content/own';
import { useWords } from '../../content/words';
import { Button, Card, Notice, Page, Section, Tag, Waiting } from '../../design/parts';
import { day, list } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { Endings } from './endings';
import { Evaluations } from './evaluations';
import { History } from './history';
import { Sessions } from './sessions';
import { useExchangeTexts } from './texts';
import { pathOf, useExchange, type Exchange, type Person, type Self } from './use-exchange';

/** One exchange for those who take part and its mediator: what waits, when one meets, what became of it. */
export const ExchangePage = () => {
  const say = useExchangeTexts();
  const words = useWords();
  const { found, known } = useExchange();
  if (!known)
    return (
      <Page title={say('title', { topic: '…' })}>
        {found.error ? <Fault fault={found.error} onRetry={() => void found.refetch()} /> : <Waiting label={words('waiting')} />}
      </Page>
    );
  const { exchange, people, self } = known;
  return (
    <Page
      title={say('title', { topic: topicOf(exchange) })}
      lead={<Tag tone="accent">{say(`status-${exchange.disputed ? 'disputed' : exchange.status}`)}</Tag>}
    >
      {exchange.disputed ? <Notice tone="warn">{say('disputed')}</Notice> : null}
      <Todo exchange={exchange} self={self} />
      <Who exchange={exchange} people={people} self={self} />
      <Sessions exchange={exchange} people={people} self={self} />
      {exchange.unsealed ? <Evaluations exchange={exchange} people={people} ownId={self.ownId} /> : null}
      <Agreement exchange={exchange} />
      <Endings exchange={exchange} self={self} />
      <History exchange={exchange} people={people} ownId={self.ownId} />
    </Page>
  );
};

/** What is asked of oneself, now: at most a few clicks each. */
const Todo = ({ exchange, self }: { readonly exchange: Exchange; readonly self: Self }) => {
  const say = useExchangeTexts();
  const { networkId } = useNetwork();
  const { exchangeId, status, evaluateBy, evaluations, unsealed, confirmedBy } = exchange;
  const waits = useWaiting(exchangeId, self.ownId);
  const isEvaluating = status === 'held' && self.wasThere && !unsealed && evaluateBy !== null && Date.parse(evaluateBy) > Date.now();
  const hasEvaluated = evaluations.some(({ memberId }) => memberId === self.ownId);
  const isReported = status === 'in-progress' && self.wasThere;
  const params = { networkId, exchangeId };
  const asked = [
    isReported ? <Confirming key="confirm" exchangeId={exchangeId} isConfirmed={confirmedBy.includes(self.ownId)} /> : null,
    waits('report-session') && !isReported ? (
      <Asked key="report" title={say('report-title')} text={say('report-text')}>
        <a href="#sessions" className="button">
          {say('to-sessions')}
        </a>
      </Asked>
    ) : null,
    waits('contest-no-show') ? (
      <Asked key="no-show" title={say('no-show-title')} text={say('no-show-text')}>
        <a href="#sessions" className="button">
          {say('to-sessions')}
        </a>
      </Asked>
    ) : null,
    isEvaluating ? (
      <Asked
        key="evaluate"
        title={say('evaluate-title')}
        text={say(hasEvaluated ? 'evaluated-text' : 'evaluate-text', { day: day(evaluateBy) })}
      >
        <Link to="/n/$networkId/exchanges/$exchangeId/evaluation" params={params} className={hasEvaluated ? 'button' : 'button primary'}>
          {say(hasEvaluated ? 'amend' : 'evaluate')}
        </Link>
      </Asked>
    ) : null,
    waits('follow-up') ? (
      <Asked key="follow-up" title={say('follow-up-title')} text={say('follow-up-text')}>
        <Link to="/n/$networkId/exchanges/$exchangeId/follow-up" params={params} className="button primary">
          {say('follow-up')}
        </Link>
      </Asked>
    ) : null,
  ].filter(Boolean);
  return asked.length > 0 ? <Section title={say('todo')}>{asked}</Section> : null;
};

const Asked = ({ title, text, children }: PropsWithChildren<{ readonly title: string; readonly text: string }>) => (
  <Card tone="first">
    <h3>{title}</h3>
    <p>{text}</p>
    <div className="row">{children}</div>
  </Card>
);

const Confirming = ({ exchangeId, isConfirmed }: { readonly exchangeId: string; readonly isConfirmed: boolean }) => {
  const say = useExchangeTexts();
  const { networkId } = useNetwork();
  const confirm = useCommand(`${networkId}/confirm-held/${exchangeId}`, (_: 'confirm', key) =>
    api.POST('/networks/{networkId}/exchanges/{exchangeId}/held-confirmation', { params: pathOf(networkId, exchangeId, key) }),
  );
  if (isConfirmed) return <Notice>{say('confirmed-text')}</Notice>;
  return (
    <Asked title={say('confirm-title')} text={say('confirm-text')}>
      <Fault fault={confirm.fault} />
      <Button look="primary" isBusy={confirm.isSending} onClick={() => void confirm.send('confirm')}>
        {say('confirm-held')}
      </Button>
    </Asked>
  );
};

const Who = ({ exchange, people, self }: { readonly exchange: Exchange; readonly people: readonly Person[]; readonly self: Self }) => {
  const say = useExchangeTexts();
  const words = useWords();
  const nameOf = usePersonName(self.ownId);
  const { participants, agreedBy, mediator } = exchange;
  const dropped = people.filter(
    ({ memberId }) => memberId !== null && agreedBy.includes(memberId) && !participants.some((one) => one.memberId === memberId),
  );
  return (
    <Section title={say('who')}>
      <ul role="list" className="columns">
        {participants.map((person, at) => (
          <li key={person.memberId ?? at}>
            <Card>
              <p>
                {person.memberId === self.ownId ? (
                  <strong>{say(`you-${person.role}`)}</strong>
                ) : (
                  <>
                    <strong>{nameOf(person)}</strong> {say(person.role)}
                  </>
                )}
              </p>
              <p className="soft">{person.wording ?? words('erased')}</p>
            </Card>
          </li>
        ))}
      </ul>
      {mediator ? (
        <p>
          {self.mediates ? (
            say('you-mediate')
          ) : (
            <>
              <strong>{nameOf(mediator)}</strong> {say('mediates')}
            </>
          )}
        </p>
      ) : null}
      {dropped.length > 0 ? (
        <p>
          <strong>{list(dropped.map(nameOf))}</strong> {say('dropped')}
        </p>
      ) : null}
    </Section>
  );
};

const Agreement = ({ exchange: { agreement } }: { readonly exchange: Exchange }) => {
  const say = useExchangeTexts();
  const words = useWords();
  return (
    <Section title={say('agreement')}>
      <Card>
        <dl className="facts">
          <dt>{say('content')}</dt>
          <dd>{agreement.content ?? words('erased')}</dd>
          <dt>{say('method')}</dt>
          <dd>{agreement.method ?? words('erased')}</dd>
          <dt>{say('place')}</dt>
          <dd>{agreement.place ?? words('erased')}</dd>
          <dt>{say('criteria')}</dt>
          <dd>
            <ul>
              {agreement.criteria.map(({ criterionId, text }) => (
                <li key={criterionId}>{text ?? words('erased')}</li>
              ))}
            </ul>
          </dd>
        </dl>
      </Card>
    </Section>
  );
};
