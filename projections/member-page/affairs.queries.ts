import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { Personal } from '#kernel/message';
import type { MemberId, NetworkId } from '#domain/ids';
import { readsAgreement, seesPerson, viewerRoleOf, type Affair, type Viewing, type Viewer } from '#domain/match/who-sees-whom';
import type { Participant } from '#domain/vocabulary';
import type { ReadStore } from '#read-store/read-store.port';
import { refsIn, revealed } from '#read-store/personal-refs';
import { READ_STORE } from '#read-store/tokens';
import type { EntryRow } from './entry.fold';
import type { MemberRow } from './member.fold';
import { memberPageModel } from './member-page.table';

/** Somebody as another may see them: by name, hidden (§7), or erased. */
export interface SeenPerson {
  /** Null while they stay hidden. */
  readonly memberId: MemberId | null;
  readonly name: Personal | null;
  readonly seen: 'named' | 'hidden' | 'erased';
}

/** A place in a match or an exchange, with what its author formalised; that is in the directory, whoever wrote it. */
export interface SeenPlace extends SeenPerson {
  readonly role: Participant['role'];
  readonly offerId?: string;
  readonly requestId?: string;
  readonly wording: Personal | null;
  readonly topic: { readonly text: Personal; readonly uri: string | null } | null;
}

export interface SeenAffair extends Pick<Affair, 'connection' | 'agreement' | 'reason'> {
  readonly participants: readonly SeenPlace[];
  readonly mediator: SeenPerson | null;
  /** In the order in which they were to be named. */
  readonly others: readonly SeenPerson[];
}

/** What `viewer` sees of each: names, wordings and texts in clear, of those alone whom they may see. */
export class ShowAffairs extends Query<readonly SeenAffair[]> {
  constructor(
    readonly networkId: NetworkId,
    readonly viewer: Viewer,
    readonly affairs: readonly Affair[],
  ) {
    super();
  }
}

/** Whom and what the network knows of those concerned, by key: `member/…`, `offer/…`, `request/…`. */
type Known = ReadonlyMap<string, MemberRow | EntryRow>;

const keyOf = (place: Participant): string => (place.role === 'giver' ? `offer/${place.offerId}` : `request/${place.requestId}`);

const memberOf = (known: Known, memberId: MemberId): MemberRow | undefined => {
  const row = known.get(`member/${memberId}`);
  return row?.kind === 'member' ? row : undefined;
};

const entryOf = (known: Known, place: Participant): EntryRow | undefined => {
  const row = known.get(keyOf(place));
  return row === undefined || row.kind === 'member' ? undefined : row;
};

/** An offer shows its author, a request where they chose so; one that is not known yet shows nobody. */
const isShown = (known: Known, place: Participant): boolean => {
  const entry = entryOf(known, place);
  return place.role === 'giver' || (entry !== undefined && 'authorShown' in entry.content && entry.content.authorShown);
};

const personIn = (known: Known, memberId: MemberId, isSeen: boolean): SeenPerson => {
  if (!isSeen) return { memberId: null, name: null, seen: 'hidden' };
  const member = memberOf(known, memberId);
  return { memberId, name: member?.name ?? null, seen: member?.status === 'erased' ? 'erased' : 'named' };
};

const placeIn = (known: Known, look: Viewing, place: Participant): SeenPlace => {
  const entry = entryOf(known, place);
  const person = personIn(known, place.memberId, seesPerson(look, place.memberId, isShown(known, place)));
  if (viewerRoleOf(look) === null) return { ...person, role: place.role, wording: null, topic: null };
  const { memberId: _, ...named } = place;
  return { ...person, ...named, wording: entry?.content.wording ?? null, topic: entry?.content.topic ?? null };
};

const affairIn = (known: Known, viewer: Viewer, affair: Affair): SeenAffair => {
  const look = { encounter: affair, viewer };
  const isTheirs = viewerRoleOf(look) !== null;
  const { participants, mediatorId, others, connection, agreement, reason } = affair;
  const shownBy = (memberId: MemberId): boolean => participants.some((place) => place.memberId === memberId && isShown(known, place));
  const person = (memberId: MemberId): SeenPerson => personIn(known, memberId, seesPerson(look, memberId, shownBy(memberId)));
  return {
    participants: participants.map((place) => placeIn(known, look, place)),
    mediator: mediatorId === null ? null : person(mediatorId),
    connection: isTheirs ? connection : null,
    agreement: readsAgreement(look) ? agreement : null,
    reason: isTheirs ? reason : null,
    others: others.map(person),
  };
};

const keysOf = (affairs: readonly Affair[]): readonly string[] => {
  const places = affairs.flatMap(({ participants }) => participants);
  const people = affairs.flatMap(({ mediatorId, others }) => [...(mediatorId === null ? [] : [mediatorId]), ...others]);
  const members = [...places.map(({ memberId }) => memberId), ...people].map((memberId) => `member/${memberId}`);
  return [...new Set([...members, ...places.map(keyOf)])];
};

/** What a query of any read model shows of its affairs; the one place where people are named to each other. */
export const showAffairs = async (
  store: ReadStore,
  { networkId, viewer, affairs }: Pick<ShowAffairs, 'networkId' | 'viewer' | 'affairs'>,
): Promise<readonly SeenAffair[]> => {
  const { result } = await store.read([memberPageModel], async (tx, tableOf) =>
    sql<{ key: string; row: string }>`select key, row from ${sql.table(tableOf(memberPageModel))}
      where key = any(${keysOf(affairs)}::text[]) and network_id = ${networkId}`.execute(tx),
  );
  const known: Known = new Map(result.rows.map(({ key, row }) => [key, JSON.parse(row) as MemberRow | EntryRow]));
  const seen = affairs.map((affair) => affairIn(known, viewer, affair));
  return revealed(seen, await store.texts(refsIn(seen)));
};

@QueryHandler(ShowAffairs)
export class ShowAffairsHandler implements IQueryHandler<ShowAffairs> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  execute(query: ShowAffairs): Promise<readonly SeenAffair[]> {
    return showAffairs(this.store, query);
  }
}
