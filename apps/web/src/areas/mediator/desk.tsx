import { More } from '../../content/more';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { api, queries } from '../../api/client';
import { usePages } from '../../api/pages';
import type { paths } from '../../api/generated/schema';
import { Fault } from '../../content/fault';
import { topicOf, usePersonName } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Button, Card, Empty, Page, Section, Tag, Waiting } from '../../design/parts';
import { day, dayAndTime, daysFromNow, list } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { SettleDialog } from './settle-dialog';
import { useMediatorTexts } from './texts';

type Queue = paths['/networks/{networkId}/match-queue']['get']['responses'][200]['content']['application/json'];
type Item = Queue['items'][number];

const PAGE_SIZE = 200;
const MEETINGS: readonly string[] = ['hold-connection', 'outcome-overdue', 'record-agreement'];

/** One line a meeting: what is late about it counts for it. */
const byMatch = (items: readonly Item[]): readonly Item[] => {
  const kept = new Map<string, Item>();
  for (const item of items) {
    const before = kept.get(item.id);
    kept.set(item.id, before ? { ...before, overdue: before.overdue || item.overdue || item.why.endsWith('overdue') } : item);
  }
  return [...kept.values()];
};

/** What a mediator has to do: meetings to hold, matches without one, reports to settle; then the exchanges that came of it. */
export const MediatorDesk = () => {
  const say = useMediatorTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const path = { networkId };
  const [settling, setSettling] = useState<string | null>(null);
  const own = queries.useQuery('get', '/networks/{networkId}/members/me', { params: { path, query: { limit: 1 } } });
  const ownId = own.data?.member?.memberId;
  const queue = usePages(['mediation', networkId], (cursor, signal) =>
    api.GET('/networks/{networkId}/match-queue', {
      params: { path, query: { limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const items = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const mine = items.filter(({ who }) => who === 'mediator' || who === ownId);
  const toHold = byMatch(mine.filter(({ why }) => MEETINGS.includes(why)));
  const toPlan = mine.filter(({ why, mediator }) => why === 'plan-connection' && mediator === null);
  const toSettle = mine.filter(({ why }) => why === 'settle-held');
  const isWaiting = queue.isPending || own.isPending;
  const part = (
    title: string,
    of: readonly Item[],
    none: 'hold-empty' | 'plan-empty' | 'settle-empty',
    card: (item: Item) => ReactNode,
  ) => (
    <Section title={title} tools={of.length > 0 ? <Tag tone="accent">{of.length}</Tag> : null}>
      {isWaiting ? <Waiting label={words('waiting')} /> : null}
      {!isWaiting && of.length === 0 ? (
        <Empty title={say(none)}>
          <p>{say(`${none}-text`)}</p>
        </Empty>
      ) : null}
      <ul role="list" className="columns">
        {of.map((item) => (
          <li key={`${item.id}/${item.why}`}>{card(item)}</li>
        ))}
      </ul>
    </Section>
  );
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Fault fault={queue.error ?? own.error} onRetry={() => void queue.refetch()} />
      {part(say('hold'), toHold, 'hold-empty', (item) => (
        <WaitCard item={item} isFirst>
          <MeetingLink id={item.id} label={say('hold-it')} />
        </WaitCard>
      ))}
      {part(say('plan'), toPlan, 'plan-empty', (item) => (
        <WaitCard item={item}>
          <MeetingLink id={item.id} label={say('plan-it')} />
        </WaitCard>
      ))}
      {part(say('settle'), toSettle, 'settle-empty', (item) => (
        <WaitCard item={item}>
          <Button onClick={() => setSettling(item.id)}>{say('settle-it')}</Button>
        </WaitCard>
      ))}
      <More of={queue} />
      <Mediated ownId={ownId} />
      <SettleDialog exchangeId={settling} onClose={() => setSettling(null)} />
    </Page>
  );
};

const MeetingLink = ({ id, label }: { readonly id: string; readonly label: string }) => {
  const { networkId } = useNetwork();
  return (
    <Link to="/n/$networkId/mediation/$matchId" params={{ networkId, matchId: id }} className="button">
      {label}
    </Link>
  );
};

const WaitCard = ({ item, isFirst, children }: { readonly item: Item; readonly isFirst?: boolean; readonly children: ReactNode }) => {
  const say = useMediatorTexts();
  const nameOf = usePersonName(null);
  const { connection, participants } = item;
  return (
    <Card {...(isFirst ? { tone: 'first' as const } : {})}>
      <div className="row apart">
        <h3>{topicOf(item)}</h3>
        {item.overdue ? <Tag tone="bad">{say('overdue')}</Tag> : null}
      </div>
      {connection ? (
        <p>
          <strong>{dayAndTime(connection.start)}</strong>
          <br />
          {connection.place}
        </p>
      ) : null}
      <p className="soft">{say('with-names', { names: list(participants.map(nameOf)) })}</p>
      <div className="row apart">
        <span className="small soft">
          {connection || !item.until
            ? say('waits-since', { day: day(item.since) })
            : say('by-day', { day: day(item.until), when: daysFromNow(item.until) })}
        </span>
        {children}
      </div>
    </Card>
  );
};

/** The exchanges of one's own mediation, those that go on first. */
const Mediated = ({ ownId }: { readonly ownId: string | undefined }) => {
  const say = useMediatorTexts();
  const words = useWords();
  const nameOf = usePersonName(ownId);
  const { networkId } = useNetwork();
  const found = usePages(['mediated', networkId], (cursor, signal) =>
    api.GET('/networks/{networkId}/exchanges', {
      params: { path: { networkId }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const mediated = (found.data?.pages ?? [])
    .flatMap((page) => page.exchanges)
    .filter(({ mediatorId }) => ownId !== undefined && mediatorId === ownId);
  return (
    <Section title={say('mediated')}>
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {found.data && mediated.length === 0 ? (
        <Empty title={say('mediated-empty')}>
          <p>{say('mediated-empty-text')}</p>
        </Empty>
      ) : null}
      <ul role="list" className="columns">
        {mediated.map((exchange) => (
          <li key={exchange.exchangeId}>
            <Card>
              <div className="row">
                <Tag>{say(`exchange-${exchange.status}`)}</Tag>
                {exchange.disputed ? <Tag tone="warn">{say('disputed')}</Tag> : null}
              </div>
              <h3>
                <Link to="/n/$networkId/exchanges/$exchangeId" params={{ networkId, exchangeId: exchange.exchangeId }}>
                  {topicOf(exchange)}
                </Link>
              </h3>
              <p className="soft">{say('with-names', { names: list(exchange.participants.map(nameOf)) })}</p>
            </Card>
          </li>
        ))}
      </ul>
      <More of={found} />
    </Section>
  );
};
