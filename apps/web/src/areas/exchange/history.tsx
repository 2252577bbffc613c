import { usePersonName } from '../../content/meeting';
import { Section } from '../../design/parts';
import { dayAndTime } from '../../i18n/format';
import { useExchangeTexts } from './texts';
import type { Exchange, Person } from './use-exchange';

/** What follows by itself, whoever's word was the last. */
const FOLLOWING = ['ExchangeAgreed', 'ExchangeHeld', 'ExchangeEvaluated', 'ExchangeClosed', 'TrainingHoursRecorded', 'FollowUpDue'];

const isSameDay = (a: string, b: string): boolean => new Date(a).toDateString() === new Date(b).toDateString();

/** What was recorded of the exchange, by whom, and of when it tells where that is another day (R21). */
export const History = ({
  exchange: { timeline },
  people,
  ownId,
}: {
  readonly exchange: Exchange;
  readonly people: readonly Person[];
  readonly ownId: string;
}) => {
  const say = useExchangeTexts();
  const nameOf = usePersonName(ownId);
  const actorOf = ({ type, actor: { id, role } }: Exchange['timeline'][number]): string => {
    if (role === 'system' || FOLLOWING.includes(type)) return say('system');
    if (id === ownId) return nameOf({ memberId: id, name: null, seen: 'hidden' });
    const person = people.find(({ memberId }) => memberId === id);
    return person ? nameOf(person) : say(`role-${role}` as 'role-facilitator');
  };
  return (
    <Section title={say('history')}>
      <details>
        <summary>{say('history-hint')}</summary>
        <ol role="list" className="stack tight history">
          {timeline.map(({ eventId, type, occurredAt, recordedAt, actor }) => (
            <li key={eventId}>
              <strong>{say(type as 'ExchangeAgreed')}</strong>{' '}
              {isSameDay(occurredAt, recordedAt) ? null : <span>{say('for-date', { day: dayAndTime(occurredAt) })} </span>}
              <span className="small soft">
                {dayAndTime(recordedAt)} · {actorOf({ eventId, type, occurredAt, recordedAt, actor })}
              </span>
            </li>
          ))}
        </ol>
      </details>
    </Section>
  );
};
