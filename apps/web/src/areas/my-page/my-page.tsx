import { Link } from '@tanstack/react-router';
import type { paths } from '../../api/generated/schema';
import { api, queries } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { topicOf, usePersonName, type Meeting } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Button, Card, Empty, Notice, Page, Section, Tag, Waiting } from '../../design/parts';
import { day, daysFromNow, list } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { OwnEntries } from './own-entries';
import { useMyPageTexts } from './texts';

type Queue = paths['/networks/{networkId}/match-queue']['get']['responses'][200]['content']['application/json'];
type QueueItem = Queue['items'][number];

const PAGE_SIZE = 50;

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
  const meetings = pages.flatMap((page) => page.meetings);
  const name = member?.name?.split(' ')[0];
  return (
    <Page title={name ? say('title', { name }) : say('title-nameless')}>
      <Fault fault={mine.error} onRetry={() => void mine.refetch()} />
      {member?.missing && member.graceEndsAt ? (
        <Notice tone="warn">{say('grace', { missing: say(`missing-${member.missing}`), day: day(member.graceEndsAt) })}</Notice>
      ) : null}
      {member?.pausedUntil ? <Notice tone="warn">{say('paused', { day: day(member.pausedUntil) })}</Notice> : null}
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
      <OwnEntries entries={pages.flatMap((page) => page.entries)} />
      {mine.hasNextPage ? (
        <p>
          <Button isBusy={mine.isFetchingNextPage} onClick={() => void mine.fetchNextPage()}>
            {words('more')}
          </Button>
        </p>
      ) : null}
    </Page>
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
  const { networkId } = useNetwork();
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
        {item.kind === 'match' ? (
          <Link to="/n/$networkId/matches/$matchId" params={{ networkId, matchId: item.id }} className="button">
            {say('open')}
          </Link>
        ) : null}
      </div>
    </Card>
  );
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
          topic
        )}
      </h3>
      <p className="soft">{say('with-1', { names: list(others.map(nameOf)) })}</p>
    </Card>
  );
};
