import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import type { paths } from '../../api/generated/schema';
import { useFeed } from '../../api/feed';
import { usePages } from '../../api/pages';
import { Bends } from '../../content/bends';
import { Fault } from '../../content/fault';
import { Live } from '../../content/live';
import { topicOf, usePersonName } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Check, Select, TextField } from '../../design/fields';
import { Button, Card, Empty, Page, Section, Tag, Waiting } from '../../design/parts';
import { day, dayAndTime, daysFromNow, list } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { SettleDialog } from '../mediator/settle-dialog';
import { FOR_WHOM, type ForWhom, type QueueSearch } from './queue-search';
import { useQueueTexts, WHYS } from './queue-texts';
import { Score } from './score';

type Queue = paths['/networks/{networkId}/match-queue']['get']['responses'][200]['content']['application/json'];
type Item = Queue['items'][number];

const PAGE_SIZE = 200;
/** So many are read without being asked for: filters and the overdue ones look at all of them. */
const READ_AT_ONCE = 1_000;
const SHOWN = 24;
const ROLES = ['mediator', 'facilitator', 'network-lead', 'data-protection-officer', 'participants'];

const isLate = ({ overdue, why }: Item): boolean => overdue || why.endsWith('-overdue');

const whomOf = ({ who }: Item): ForWhom | 'data-protection-officer' =>
  who === 'facilitator' || who === 'mediator' || who === 'network-lead' || who === 'data-protection-officer' ? who : 'people';

/** What a facilitator can help with, unless asked otherwise: not what only the network lead may decide. */
const isAsked = (item: Item, { whom, why, text, overdue }: QueueSearch): boolean => {
  const of = whomOf(item);
  if (whom === undefined ? of === 'network-lead' || of === 'data-protection-officer' : whom !== 'everybody' && of !== whom) return false;
  if (why !== undefined && item.why !== why) return false;
  if (overdue && !isLate(item)) return false;
  if (text === undefined) return true;
  const said = [item.name, item.mediator?.name, ...item.participants.flatMap(({ name, wording, topic }) => [name, wording, topic?.text])];
  return said.some((one) => one?.toLocaleLowerCase().includes(text.toLocaleLowerCase()));
};

/** Late ones first, then the longest wait. */
const inOrder = (items: readonly Item[]): readonly Item[] =>
  [...items].sort((a, b) => Number(isLate(b)) - Number(isLate(a)) || a.since.localeCompare(b.since));

/** What waits for whom, why, and who is to be called; it moves by itself. */
export const MatchQueue = () => {
  const say = useQueueTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const cache = useQueryClient();
  const search = useSearch({ from: '/n/$networkId/facilitation/' });
  const [shown, setShown] = useState(SHOWN);
  const [settling, setSettling] = useState<string | null>(null);
  const name = ['facilitation', 'queue', networkId];
  const queue = usePages(name, (cursor, signal) =>
    api.GET('/networks/{networkId}/match-queue', {
      params: { path: { networkId }, query: { limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const following = useFeed(`/networks/${networkId}/feeds/match-queue`, () => void cache.invalidateQueries({ queryKey: name }));
  const items = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetching, fetchNextPage } = queue;
  const readsOn = hasNextPage && items.length < READ_AT_ONCE;
  useEffect(() => {
    if (readsOn && !isFetching) void fetchNextPage();
  }, [readsOn, isFetching, fetchNextPage]);
  const asked = inOrder(items.filter((item) => isAsked(item, search)));
  const late = asked.filter(isLate).length;
  const more = async (): Promise<void> => {
    setShown((before) => before + SHOWN);
    if (asked.length <= shown + SHOWN && hasNextPage) await fetchNextPage();
  };
  return (
    <Page title={say('title')} lead={say('lead')} tools={<Live of={following} />}>
      <QueueFilters search={search} onChange={() => setShown(SHOWN)} />
      <Section title={say('found', { count: asked.length })} tools={late > 0 ? <Tag tone="bad">{say('late', { count: late })}</Tag> : null}>
        <p className="visually-hidden" role="status">
          {queue.data ? say('found', { count: asked.length }) : ''}
        </p>
        {queue.isPending ? <Waiting lines={6} label={words('waiting')} /> : null}
        <Fault fault={queue.error} onRetry={() => void queue.refetch()} />
        {queue.data && asked.length === 0 ? (
          <Empty title={say('empty')}>
            <p>{say('empty-text')}</p>
            <div className="row">
              <Link to="/n/$networkId/facilitation/rounds" params={{ networkId }} className="button primary">
                {say('to-rounds')}
              </Link>
            </div>
          </Empty>
        ) : null}
        <ul role="list" className="columns">
          {asked.slice(0, shown).map((item) => (
            <li key={`${item.kind}/${item.id}/${item.why}/${item.who}`}>
              <QueueCard item={item} onSettle={() => setSettling(item.id)} />
            </li>
          ))}
        </ul>
        {asked.length > shown || (hasNextPage && !readsOn) ? (
          <p>
            <Button isBusy={isFetching} onClick={() => void more()}>
              {words('more')}
            </Button>
          </p>
        ) : null}
      </Section>
      <SettleDialog exchangeId={settling} onClose={() => setSettling(null)} />
    </Page>
  );
};

const QueueFilters = ({ search, onChange }: { readonly search: QueueSearch; readonly onChange: () => void }) => {
  const say = useQueueTexts();
  const navigate = useNavigate({ from: '/n/$networkId/facilitation/' });
  const ask = (change: { readonly [Key in keyof QueueSearch]: QueueSearch[Key] | undefined }): void => {
    onChange();
    void navigate({ search: (before) => ({ ...before, ...change }) as QueueSearch, replace: true, resetScroll: false });
  };
  return (
    <search className="columns">
      <Select
        label={say('whom')}
        any={say('whom-any')}
        value={search.whom ?? ''}
        onChange={(whom) => ask({ whom: whom || undefined })}
        options={FOR_WHOM.map((value) => ({ value, label: say(`whom-${value}`) }))}
      />
      <Select
        label={say('why')}
        any={say('why-any')}
        value={search.why ?? ''}
        onChange={(why) => ask({ why: why || undefined })}
        options={WHYS.map((value) => ({ value, label: say(`why-${value}`) }))}
      />
      <TextField
        label={say('text')}
        type="search"
        value={search.text ?? ''}
        onChange={(text) => ask({ text: text === '' ? undefined : text })}
      />
      <Check
        label={say('only-overdue')}
        isChecked={search.overdue ?? false}
        onChange={(overdue) => ask({ overdue: overdue || undefined })}
      />
    </search>
  );
};

const useWho = (): ((item: Item) => string) => {
  const say = useQueueTexts();
  const words = useWords();
  return ({ who, name }) => (ROLES.includes(who) ? say(`who-${who}` as 'who-mediator') : (name ?? words('someone-hidden')));
};

const QueueCard = ({ item, onSettle }: { readonly item: Item; readonly onSettle: () => void }) => {
  const say = useQueueTexts();
  const nameOf = usePersonName(null);
  const whoOf = useWho();
  return (
    <Card {...(isLate(item) ? { tone: 'first' as const } : {})}>
      <div className="row apart">
        <strong>{whoOf(item)}</strong>
        {isLate(item) ? <Tag tone="bad">{say('overdue')}</Tag> : null}
      </div>
      <p>{say(`why-${item.why}` as 'why-answer-match')}</p>
      {item.participants.length > 0 ? (
        <p className="soft">
          {topicOf(item)} · {list(item.participants.map(nameOf))}
        </p>
      ) : null}
      {item.connection ? (
        <p className="soft">
          {dayAndTime(item.connection.start)}
          {item.connection.place ? ` · ${item.connection.place}` : ''}
          {item.mediator ? ` · ${say('mediator', { name: nameOf(item.mediator) })}` : ''}
        </p>
      ) : null}
      {item.reason ? <p className="soft">{say('by-hand', { reason: item.reason })}</p> : null}
      <Bends bends={item.bends} to="they" />
      <Score score={item.score} />
      <div className="row apart">
        <span className="small soft">
          {say('since', { day: day(item.since) })}
          {item.until ? ` · ${say('until', { day: day(item.until), when: daysFromNow(item.until) })}` : ''}
        </span>
        <Next item={item} onSettle={onSettle} />
      </div>
    </Card>
  );
};

const CASES = ['settle-contest', 'settle-dispute', 'assess-incident', 'resolve-incident', 'case-overdue'];

/** What can be done about it from here; where nothing can, somebody is called. */
const Next = ({ item, onSettle }: { readonly item: Item; readonly onSettle: () => void }) => {
  const say = useQueueTexts();
  const { networkId } = useNetwork();
  if (CASES.includes(item.why)) {
    if (item.who === 'network-lead') return null;
    return item.kind === 'exchange' ? (
      <Link to="/n/$networkId/facilitation/cases" params={{ networkId }} className="button">
        {say('open')}
      </Link>
    ) : (
      <Link to="/n/$networkId/facilitation/cases/$caseId" params={{ networkId, caseId: item.id }} className="button">
        {say('open')}
      </Link>
    );
  }
  // a report is the mediator's to settle; a facilitator's where there is none (R12)
  if (item.why === 'settle-held' && item.who === 'facilitator') return <Button onClick={onSettle}>{say('settle')}</Button>;
  if (item.kind === 'exchange')
    return (
      <Link to="/n/$networkId/exchanges/$exchangeId" params={{ networkId, exchangeId: item.id }} className="button">
        {say('open')}
      </Link>
    );
  if (item.kind !== 'match') return null;
  return (
    <Link to="/n/$networkId/mediation/$matchId" params={{ networkId, matchId: item.id }} className="button">
      {say(item.why === 'plan-connection' || item.why === 'connection-overdue' ? 'plan' : 'open')}
    </Link>
  );
};
