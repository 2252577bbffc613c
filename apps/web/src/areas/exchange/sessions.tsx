import { useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { download } from '../../content/download';
import { Fault } from '../../content/fault';
import { topicOf, usePersonName } from '../../content/meeting';
import { hasBegun } from '../../content/when';
import { Button, Card, Dialog, Empty, Section, Tag } from '../../design/parts';
import { dayAndTime, list } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { NoShowForm, PlanForm, PresenceForm, ReportForm } from './session-forms';
import { useExchangeTexts } from './texts';
import { absentFrom, type Exchange, type Person, type Self, type Session } from './use-exchange';

type Act = 'plan' | 'move' | 'report' | 'correct' | 'no-show';
interface Chosen {
  readonly act: Act;
  readonly session: Session | null;
}

export interface SessionsProps {
  readonly exchange: Exchange;
  readonly people: readonly Person[];
  readonly self: Self;
}

const isOpen = ({ status, disputed }: Exchange): boolean => !disputed && (status === 'agreed' || status === 'in-progress');

/** When one meets; what took place, and who was there. */
export const Sessions = ({ exchange, people, self }: SessionsProps) => {
  const say = useExchangeTexts();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const mayAct = (self.takesPart || self.mediates) && isOpen(exchange);
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const sessions = [...exchange.sessions].sort((a, b) => a.start.localeCompare(b.start));
  const toCome = sessions.filter(({ held, start }) => !held && !hasBegun(start));
  const close = (): void => setChosen(null);
  const addToCalendar = async (): Promise<void> => {
    const { calendarFile } = await import('./calendar-file');
    const title = say('title', { topic: topicOf(exchange) });
    const events = toCome.map(({ sessionId, start, minutes }) => ({
      ...{ id: sessionId, start, minutes, title },
      ...{ place: exchange.agreement.place, address: location.href.split('#')[0]! },
    }));
    download('savoirs.ics', 'text/calendar;charset=utf-8', calendarFile(events));
  };
  return (
    <Section
      title={say('sessions')}
      tools={toCome.length > 0 ? <Button onClick={() => void addToCalendar()}>{say('calendar')}</Button> : null}
    >
      <p className="small soft anchor" id="sessions">
        {say('sessions-zone', { zone })}
      </p>
      {sessions.length === 0 ? (
        <Empty title={say('no-sessions')}>
          <p>{say('no-sessions-text')}</p>
        </Empty>
      ) : null}
      <ul role="list" className="columns">
        {sessions.map((session) => (
          <li key={session.sessionId}>
            <SessionCard {...{ exchange, people, self, session, mayAct }} onAct={(act) => setChosen({ act, session })} />
          </li>
        ))}
      </ul>
      {mayAct ? (
        <div className="row">
          <Button onClick={() => setChosen({ act: 'plan', session: null })}>{say('plan')}</Button>
          <Button look="plain" onClick={() => setChosen({ act: 'report', session: null })}>
            {say('report-other')}
          </Button>
        </div>
      ) : null}
      <Dialog isOpen={chosen !== null} onClose={close} title={chosen ? say(`title-${chosen.act}`) : ''}>
        {chosen?.act === 'plan' || chosen?.act === 'move' ? (
          <PlanForm exchangeId={exchange.exchangeId} session={chosen.session} onDone={close} />
        ) : null}
        {chosen?.act === 'report' ? <ReportForm {...{ exchange, self }} session={chosen.session} onDone={close} /> : null}
        {chosen?.act === 'correct' ? <PresenceForm {...{ exchange, self }} session={chosen.session!} onDone={close} /> : null}
        {chosen?.act === 'no-show' ? <NoShowForm {...{ exchange, self }} session={chosen.session!} onDone={close} /> : null}
      </Dialog>
    </Section>
  );
};

const SessionCard = ({
  exchange,
  people,
  self,
  session,
  mayAct,
  onAct,
}: SessionsProps & { readonly session: Session; readonly mayAct: boolean; readonly onAct: (act: Act) => void }) => {
  const say = useExchangeTexts();
  const { networkId } = useNetwork();
  const nameOf = usePersonName(self.ownId);
  const { sessionId, start, minutes, held, present, noShows } = session;
  const called = (memberId: string): string => nameOf(people.find((person) => person.memberId === memberId) ?? HIDDEN);
  const contest = useCommand(`${networkId}/contest-no-show/${sessionId}`, (_: 'contest', key) =>
    api.POST('/networks/{networkId}/exchanges/{exchangeId}/sessions/{sessionId}/no-show-contest', {
      params: { path: { networkId, exchangeId: exchange.exchangeId, sessionId }, header: { 'Idempotency-Key': key } },
    }),
  );
  const own = present.find(({ memberId }) => memberId === self.ownId);
  const isPast = hasBegun(start);
  const isAccused = noShows.some(({ memberId, contested }) => memberId === self.ownId && !contested);
  const someWereAbsent = absentFrom(session, exchange).length > 0;
  const mayReportNoShow = (mayAct || (exchange.status === 'held' && self.takesPart)) && isPast && someWereAbsent;
  return (
    <Card>
      <div className="row">
        <Tag {...(held ? { tone: 'accent' as const } : isPast ? { tone: 'warn' as const } : {})}>
          {say(held ? 'held' : isPast ? 'past' : 'planned')}
        </Tag>
      </div>
      <h3>{dayAndTime(start)}</h3>
      <p className="soft">{say('minutes', { count: minutes })}</p>
      {held ? <p>{say('present', { names: list(present.map(({ memberId }) => called(memberId))) })}</p> : null}
      {own && own.minutesOutside > 0 ? (
        <p className="small soft">{say('minutes-outside', { minutes: say('minutes', { count: own.minutesOutside }) })}</p>
      ) : null}
      {noShows.length > 0 ? (
        <p>
          {say('was-absent', {
            names: list(
              noShows.map(({ memberId, contested }) => (contested ? say('contested', { name: called(memberId) }) : called(memberId))),
            ),
          })}
        </p>
      ) : null}
      <Fault fault={contest.fault} />
      <div className="row">
        {mayAct && !held && isPast ? (
          <Button look="primary" onClick={() => onAct('report')}>
            {say('report')}
          </Button>
        ) : null}
        {isAccused ? (
          <Button isBusy={contest.isSending} onClick={() => void contest.send('contest')}>
            {say('contest-no-show')}
          </Button>
        ) : null}
        {mayAct && !held ? (
          <Button look="plain" onClick={() => onAct('move')}>
            {say('move')}
          </Button>
        ) : null}
        {held && self.role !== null ? (
          <Button look="plain" onClick={() => onAct('correct')}>
            {say('correct')}
          </Button>
        ) : null}
        {mayReportNoShow ? (
          <Button look="plain" onClick={() => onAct('no-show')}>
            {say('no-show')}
          </Button>
        ) : null}
      </div>
    </Card>
  );
};

const HIDDEN: Person = { memberId: null, name: null, seen: 'hidden' };
