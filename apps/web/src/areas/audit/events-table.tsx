import { Link } from '@tanstack/react-router';
import { useEventWords } from '../../content/event-words';
import { Id } from '../../content/id';
import { useRoleWords } from '../../content/role-words';
import { moment } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { EventRows } from './event-rows';
import { useFigureTexts } from './figure-texts';
import type { Replayed } from './replayed';

export interface EvidencePage {
  readonly eventIds: readonly string[];
  readonly events: Replayed['causes'];
}

const HISTORIES = ['network', 'member', 'offer', 'request', 'round', 'match', 'exchange', 'incident'] as const;

/** The events behind a figure: what each is, where it lies, and the way into the exchange that it belongs to. */
export const EventsTable = ({ pages }: { readonly pages: readonly EvidencePage[] }) => {
  const say = useFigureTexts();
  const ids = pages.flatMap(({ eventIds }) => eventIds);
  const known = new Map(pages.flatMap(({ events }) => events.map((event) => [event.eventId, event] as const)));
  if (ids.length === 0) return <p>{say('no-events')}</p>;
  return (
    <EventRows label={say('events-table')} columns={[say('who'), say('history'), say('event')]}>
      {ids.map((id, at) => (
        <tr key={id}>
          <td className="number">{at + 1}</td>
          <EventCells event={known.get(id)} />
          <td>
            <Id id={id} />
          </td>
        </tr>
      ))}
    </EventRows>
  );
};

const EventCells = ({ event }: { readonly event: Replayed['causes'][number] | undefined }) => {
  const say = useFigureTexts();
  const eventIn = useEventWords();
  const roleIn = useRoleWords();
  const { networkId } = useNetwork();
  if (!event) return <td colSpan={4}>{say('unknown')}</td>;
  const [, kind = '', id = ''] = /^([a-z]+)-(.*)$/.exec(event.stream) ?? [];
  const history = HISTORIES.find((one) => one === kind);
  return (
    <>
      <td>{eventIn(event.type)}</td>
      <td>{moment(event.occurredAt)}</td>
      <td>{roleIn(event.actor.role as 'member')}</td>
      <td>
        {history ? say(`of-${history}`) : event.stream} {history ? <Id id={id} /> : null}{' '}
        {history === 'exchange' ? (
          <Link to="/n/$networkId/audit" params={{ networkId }} search={{ exchange: id }}>
            {say('replay')}
          </Link>
        ) : null}
      </td>
    </>
  );
};
