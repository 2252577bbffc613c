import { More } from '../../content/more';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { paths } from '../../api/generated/schema';
import { api, queries } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { topicOf, usePersonName, type Meeting } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Card, Empty, Notice, Page, Section, Tag, Waiting } from '../../design/parts';
import { day, daysFromNow, list } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { OwnEntries } from './own-entries';
import { PendingEntry } from './pending-entry';
import { useMyPageTexts } from './texts';

type Queue = paths['/networks/{networkId}/match-queue']['get']['responses'][200]['content']['application/json'];
type QueueItem = Queue['items'][number];

const PAGE_SIZE = 50;
const PUBLISHED_MS = 1500;

const entriesOf = ({ participants }: Meeting): string =>
  participants
    .map(({ offerId, requestId }) => offerId ?? requestId)
    .sort()
    .join(' ');

/** An agreed match goes on as its exchange: one card is enough. */
const withoutTheirMatches = (meetings: readonly Meeting[]): readonly Meeting[] => {
  const exchanged = new Set(meetings.filter(({ kind }) => kind === 'exchange').map(entriesOf));
  return meetings.filter((meeting) => !(meeting.kind === 'match' && meeting.status === 'agreed' && exchanged.has(entriesOf(meeting))));
};

/** What waits for me, first; then my meetings, offers and requests. */
export const MyPage = () => {
  const say = useMyPageTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const path = { networkId };
  const mine = usePages(['my-page', networkId], (cursor, signal) =>
    api.GET('/networks/{networkId}/members/me', {
      params: { path, query: { limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const queue = queries.useQuery('get', '/networks/{networkId}/match-queue', { params: { path, query: { limit: PAGE_SIZE } } });
  const pages = mine.data?.pages ?? [];
  const member = pages.find((page) => page.member)?.member ?? null;
  const meetings = withoutTheirMatches(pages.flatMap((page) => page.meetings));
  const entries = pages.flatMap((page) => page.entries);
  // whoever has just entered has an offer and a request, which are published a moment later (R1)
  const isPublishing = mine.isSuccess && member?.status === 'enrolled' && entries.length === 0;
  useEffect(() => {
    if (!isPublishing) return undefined;
    const again = setInterval(() => void mine.refetch(), PUBLISHED_MS);
    return () => clearInterval(again);
  }, [isPublishing]);
  const name = member?.name?.split(' ')[0];
  return (
    <Page title={name ? say('title', { name }) : say('title-nameless')}>
      <Fault fault={mine.error} onRetry={() => void mine.refetch()} />
      {member?.missing && member.graceEndsAt ? (
        <Notice tone="warn">{say('grace', { missing: say(`missing-${member.missing}`), day: day(member.graceEndsAt) })}</Notice>
      ) : null}
      {member?.status === 'left' ? (
        <Notice tone="warn">
          <p>
            {say('left')}{' '}
            <Link to="/n/$networkId/account" params={{ networkId }}>
              {say('left-account')}
            </Link>
          </p>
        </Notice>
      ) : null}
      {member?.pausedUntil ? <Notice tone="warn">{say('paused', { day: day(member.pausedUntil) })}</Notice> : null}
      {member?.status === 'applied' ? (
        <PendingEntry
          member={member}
          entries={entries}
          until={queue.data?.items.find(({ why }) => why === 'confirm-entry')?.until ?? null}
        />
      ) : (
        <>
          {member && member.status !== 'left' ? <NewCharter accepted={member.charterVersion} /> : null}
          <Section title={say('waits')}>
            {queue.isPending ? <Waiting label={words('waiting')} /> : null}
            <Fault fault={queue.error} onRetry={() => void queue.refetch()} />
            {queue.data ? <Waits items={queue.data.items} ownId={member?.memberId} /> : null}
          </Section>
          <Section title={say('meetings')}>
            {mine.isPending ? <Waiting label={words('waiting')} /> : null}
            {mine.data && meetings.length === 0 ? (
              <Empty title={say('no-meetings')}>
                <p>{say('no-meetings-text')}</p>
              </Empty>
            ) : null}
            <ul role="list" className="columns">
              {meetings.map((meeting) => (
                <li key={`${meeting.kind}/${meeting.id}`}>
                  <MeetingCard meeting={meeting} ownId={member?.memberId} />
                </li>
              ))}
            </ul>
          </Section>
          {member?.status === 'left' ? null : <OwnEntries entries={entries} />}
        </>
      )}
      <More of={mine} />
    </Page>
  );
};

/** A newer charter than the one that was accepted is read and accepted in one's account. */
const NewCharter = ({ accepted }: { readonly accepted: number }) => {
  const say = useMyPageTexts();
  const { networkId } = useNetwork();
  const { data } = queries.useQuery('get', '/networks/{networkId}', { params: { path: { networkId } } }, { staleTime: 300_000 });
  if (!data || data.charterVersion <= accepted) return null;
  return (
    <Notice>
      <p>
        {say('new-charter')}{' '}
        <Link to="/n/$networkId/account" params={{ networkId }}>
          {say('read-charter')}
        </Link>
      </p>
    </Notice>
  );
};

const Waits = ({ items, ownId }: { readonly items: readonly QueueItem[]; readonly ownId: string | undefined }) => {
  const say = useMyPageTexts();
  const { networkId } = useNetwork();
  if (items.length === 0)
    return (
      <Empty title={say('nothing-waits')}>
        <p>{say('nothing-waits-text')}</p>
        <Link to="/n/$networkId/directory" params={{ networkId }} className="button primary">
          {say('to-directory')}
        </Link>
      </Empty>
    );
  return (
    <ul role="list" className="stack tight">
      {items.map((item) => (
        <li key={`${item.kind}/${item.id}/${item.why}/${item.who}`}>
          <WaitCard item={item} ownId={ownId} />
        </li>
      ))}
    </ul>
  );
};

const WaitCard = ({ item, ownId }: { readonly item: QueueItem; readonly ownId: string | undefined }) => {
  const say = useMyPageTexts();
  const nameOf = usePersonName(ownId);
  const others = item.participants.filter(({ memberId }) => memberId === null || memberId !== ownId);
  return (
    <Card tone="first">
      <div className="row apart">
        <strong>{say(`why-${item.why}` as 'why-other')}</strong>
        {item.overdue ? <Tag tone="bad">{say('overdue')}</Tag> : null}
      </div>
      {item.participants.length > 0 ? (
        <p>
          {topicOf(item)} {others.length > 0 ? say('with-1', { names: list(others.map(nameOf)) }) : ''}
        </p>
      ) : null}
      <div className="row apart">
        <span className="small soft">{item.until ? say('by-day', { day: day(item.until), when: daysFromNow(item.until) }) : ''}</span>
        <WaitLink item={item} />
      </div>
    </Card>
  );
};

const OF_THE_MEDIATOR = ['plan-connection', 'connection-overdue', 'hold-connection', 'outcome-overdue'];
const OF_THE_FACILITATOR = ['settle-contest', 'settle-dispute', 'assess-incident', 'resolve-incident', 'case-overdue'];

/** Straight to the place where it is done. */
const WaitLink = ({ item: { kind, id, why } }: { readonly item: QueueItem }) => {
  const say = useMyPageTexts();
  const { networkId } = useNetwork();
  const look = { className: 'button', children: say('open') };
  if (OF_THE_FACILITATOR.includes(why)) return <Link to="/n/$networkId/facilitation/cases" params={{ networkId }} {...look} />;
  if (OF_THE_MEDIATOR.includes(why)) return <Link to="/n/$networkId/mediation/$matchId" params={{ networkId, matchId: id }} {...look} />;
  if (why === 'settle-held') return <Link to="/n/$networkId/mediation" params={{ networkId }} {...look} />;
  if (kind === 'match') return <Link to="/n/$networkId/matches/$matchId" params={{ networkId, matchId: id }} {...look} />;
  if (kind !== 'exchange') return null;
  const params = { networkId, exchangeId: id };
  if (why === 'evaluate') return <Link to="/n/$networkId/exchanges/$exchangeId/evaluation" params={params} {...look} />;
  if (why === 'follow-up') return <Link to="/n/$networkId/exchanges/$exchangeId/follow-up" params={params} {...look} />;
  return <Link to="/n/$networkId/exchanges/$exchangeId" params={params} {...look} />;
};

const MeetingCard = ({ meeting, ownId }: { readonly meeting: Meeting; readonly ownId: string | undefined }) => {
  const say = useMyPageTexts();
  const { networkId } = useNetwork();
  const nameOf = usePersonName(ownId);
  const others = meeting.participants.filter(({ memberId }) => memberId === null || memberId !== ownId);
  const topic = topicOf(meeting);
  return (
    <Card>
      <div className="row">
        <Tag>{say(`${meeting.kind}-${meeting.status}` as 'match-opened')}</Tag>
      </div>
      <h3>
        {meeting.kind === 'match' ? (
          <Link to="/n/$networkId/matches/$matchId" params={{ networkId, matchId: meeting.id }}>
            {topic}
          </Link>
        ) : (
          <Link to="/n/$networkId/exchanges/$exchangeId" params={{ networkId, exchangeId: meeting.id }}>
            {topic}
          </Link>
        )}
      </h3>
      <p className="soft">{say('with-1', { names: list(others.map(nameOf)) })}</p>
    </Card>
  );
};
