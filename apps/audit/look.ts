import type { RecordAccessDto } from '#application/audit/record-access';
import type { ExchangeId, MemberId, NetworkId } from '#domain/ids';
import type { EventId } from '#kernel/id';
import type { IndexedExchange } from '#projections/exchange-streams/exchange-streams.queries';
import type { NamedMember } from '#projections/member-page/names.queries';
import type { Moment } from './moment';
import { openEvent, type OpenedEvent } from './opened-event';
import { idsOf, named, type ShownPerson } from './people';
import { replayExchange, type Replayed } from './replay';
import type { Ports } from './trail';

/** What an auditor works with, over HTTP or on the command line. */
export interface Desk {
  readonly networkId: NetworkId;
  readonly ports: Ports;
  /** Nothing may be missing from an audit: by all that the log held when the desk was opened. Null where there is no such exchange in any network. */
  readonly streamsOf: (exchangeId: ExchangeId) => Promise<IndexedExchange | null>;
  readonly namesOf: (memberIds: readonly MemberId[]) => Promise<ReadonlyMap<string, NamedMember>>;
  /** @throws where it could not be recorded: then nothing is shown */
  readonly record: (look: Omit<RecordAccessDto, 'route'>) => Promise<void>;
}

export interface ReplayAsked {
  readonly exchangeId: ExchangeId;
  readonly motive: string;
  /** Why names are needed, too; left out, they are not shown. */
  readonly namesMotive?: string;
  readonly at: Moment;
  readonly since?: Moment;
}

export interface Looked {
  readonly replayed: Replayed;
  readonly people: readonly ShownPerson[];
}

/** Recorded before anything is read; each name is a look of its own (§7). Null where there is no such exchange here (R23), or none yet. */
export const lookAtExchange = async (desk: Desk, asked: ReplayAsked): Promise<Looked | null> => {
  const { exchangeId, motive, namesMotive, ...moments } = asked;
  await desk.record({ subject: `exchange-${exchangeId}`, purpose: 'audit', motive });
  const exchange = await desk.streamsOf(exchangeId);
  if (exchange?.networkId !== desk.networkId) return null;
  const replayed = await replayExchange(desk.ports, exchange, moments);
  if (!replayed) return null;
  return { replayed, people: namesMotive === undefined ? replayed.people : await withNames(desk, replayed, namesMotive) };
};

const withNames = async (desk: Desk, { people }: Replayed, motive: string): Promise<readonly ShownPerson[]> => {
  const ids = idsOf(people);
  for (const id of ids) await desk.record({ subject: `member-${id}`, purpose: 'identity', motive });
  return named(people, await desk.namesOf(ids));
};

/** Recorded before it is shown, under the history in which it lies. Null where there is no such event here (R23). */
export const lookAtEvent = async (
  desk: Desk,
  { eventId, motive }: { readonly eventId: EventId; readonly motive: string },
): Promise<OpenedEvent | null> => {
  const opened = await openEvent(desk.ports, eventId);
  const found = opened?.network === desk.networkId ? opened : null;
  await desk.record({ subject: found?.event.stream ?? `event-${eventId}`, purpose: 'audit', motive });
  return found?.event ?? null;
};
