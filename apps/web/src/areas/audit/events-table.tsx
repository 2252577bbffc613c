import { Link } from '@tanstack/react-router';
import { useEventWords } from '../../content/event-words';
import { Id } from '../../content/id';
import { useRoleWords } from '../../content/role-words';
import { moment } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { EventRows } from './event-rows';
import { useFigureTexts } from './figure-texts';
import { History } from './history';
import type { Replayed } from './replayed';

export interface EvidencePage {
  readonly eventIds: readonly string[];
  readonly events: Replayed['causes'];
}

/** The events behind a figure: what each is, where it lies, and the way into the exchange that it belongs to. */
export const EventsTable = ({ pages }: { readonly pages: readonly EvidencePage[] }) => {
  const say = useFigureTexts();
  const { networkId } = useNetwork();
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
            <Id id={id} />{' '}
            <Link to="/n/$networkId/audit/event" params={{ networkId }} search={{ event: id }}>
              {say('open')}
            </Link>
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
  const exchange = /^exchange-(.*)$/.exec(event.stream)?.[1];
  return (
    <>
      <td>{eventIn(event.type)}</td>
      <td>{moment(event.occurredAt)}</td>
      <td>{roleIn(event.actor.role as 'member')}</td>
      <td>
        <History of={event.stream} />{' '}
        {exchange !== undefined ? (
          <Link to="/n/$networkId/audit" params={{ networkId }} search={{ exchange }}>
            {say('replay')}
          </Link>
        ) : null}
      </td>
    </>
  );
};
