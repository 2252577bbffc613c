import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Affair } from '#domain/match/who-sees-whom';
import type { Bend } from '#domain/vocabulary';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadDatabase, ReadPosition, ReadStore } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { affairOf } from './affair';
import type { SharedRow } from './match-queue.projection';
import { matchQueueModel } from './match-queue.table';
import { PARTICIPANTS, personOf, type Wait, type WaitReason } from './wait';

export interface QueueItem {
  readonly kind: SharedRow['kind'];
  readonly id: string;
  readonly who: string;
  readonly why: WaitReason;
  readonly since: string;
  readonly until: string | null;
  /** Its window has ended by now. */
  readonly overdue: boolean;
  readonly topicUri: string | null;
  /** Whose it is, by ids and references: what of it somebody sees is for `ShowAffairs` to say (§7). */
  readonly affair: Affair;
  /** Members see fit, language and distance; all parts are for the facilitator and the auditor (§7). */
  readonly score: Readonly<Record<string, number>> | null;
  /** What a match's people would have to agree on. */
  readonly bends: readonly Bend[];
}

export interface QueuePage {
  readonly readPosition: ReadPosition;
  readonly items: readonly QueueItem[];
  readonly next: string | null;
}

export interface QueueFilter {
  /** Member ids and roles whose waits are wanted; none for everybody's (the facilitator's view). */
  readonly who?: readonly string[];
  /** In everybody's view, whose own lines to evaluate and to follow up are in it: nobody sees another's (R15). */
  readonly own?: string;
  readonly why?: WaitReason;
}

export class ReadMatchQueue extends Query<QueuePage> {
  constructor(
    readonly networkId: string,
    readonly filter: QueueFilter,
    readonly page: { readonly now: string; readonly limit: number; readonly cursor?: string; readonly allScoreParts: boolean },
  ) {
    super();
  }
}

interface Found {
  readonly row: string;
  readonly wait: string;
  readonly since: string;
  readonly place: string;
}

type Tx = Transaction<ReadDatabase>;

const SHOWN_TO_MEMBERS = ['topic', 'level', 'language', 'distance'];

const scoreFor = (row: SharedRow, allParts: boolean): QueueItem['score'] => {
  if (row.kind !== 'match') return null;
  return Object.fromEntries(Object.entries(row.score).filter(([part]) => allParts || SHOWN_TO_MEMBERS.includes(part)));
};

const itemOf = (found: Found, { now, allScoreParts }: ReadMatchQueue['page']): QueueItem => {
  const row = JSON.parse(found.row) as SharedRow;
  const { who, why, since, until } = JSON.parse(found.wait) as Wait;
  return {
    kind: row.kind,
    id: row.id,
    who,
    why,
    since,
    until,
    overdue: until !== null && until < now,
    topicUri: 'topicUri' in row ? row.topicUri : null,
    affair: affairOf(row, personOf({ who })),
    score: scoreFor(row, allScoreParts),
    bends: row.kind === 'match' ? row.bends : [],
  };
};

/** What may be done until its window ends, and ends with it: no event says so. */
const TOO_LATE = sql.raw(`(w.wait ->> 'why' in ('follow-up', 'contest-no-show') or w.wait ->> 'who' = '${PARTICIPANTS}')`);

/** What of a row `q` waits: open by now, not over, for those who are asked about. */
const waitsOf = (row: RawBuilder<unknown>, { filter: { why }, page: { now } }: ReadMatchQueue, who: readonly string[] | undefined) => sql`
  (select w.wait::text as wait, w.wait ->> 'since' as since, q.key || '#' || lpad(w.nth::text, 4, '0') as place
   from jsonb_array_elements(${row}::jsonb -> 'waits') with ordinality as w (wait, nth)
   where w.wait ->> 'from' <= ${now} and not (${TOO_LATE} and w.wait ->> 'until' < ${now})
     ${why ? sql`and w.wait ->> 'why' = ${why}` : sql``} ${who ? sql`and w.wait ->> 'who' = any(${who}::text[])` : sql``}) w`;

/** Where rows of a network are read on from: by when the first of what waits there began. */
interface Read {
  readonly since: string;
  readonly key: string;
}

/** Rows looked at in one go: a first page seldom needs more. */
const BATCH = 500;

const sharedAfter = async (tx: Tx, table: string, query: ReadMatchQueue, { since, key }: Read) => {
  const { networkId, filter } = query;
  const { rows } = await sql<Read & { row: string | null; wait: string | null; at: string; place: string }>`
    select q.since, q.key, case when w.wait is not null then q.row end as row, w.wait, w.since as at, w.place from (
      select q.key, q.row, q.since from ${sql.table(table)} q
      where q.network_id = ${networkId} and (q.since, q.key) > (${since}, ${key})
        ${filter.who ? sql`and q.waits_for && ${filter.who}::text[]` : sql``}
      order by q.since, q.key limit ${sql.lit(BATCH)}
    ) q left join lateral ${waitsOf(sql`q.row`, query, filter.who)} on true order by q.since, q.key`.execute(tx);
  return rows;
};

/** What one person alone is asked for: their own (R15). */
const asked = async (tx: Tx, table: string, query: ReadMatchQueue): Promise<readonly Found[]> => {
  const { networkId, filter } = query;
  const who = filter.who ?? (filter.own === undefined ? [] : [filter.own]);
  const { rows } = await sql<Found>`
    select exchange.row, w.wait, w.since, w.place from ${sql.table(table)} q
    join ${sql.table(table)} exchange on exchange.key = replace(q.key, 'asked/', 'exchange/'),
    lateral ${waitsOf(sql`q.row`, query, who)}
    where q.kind = 'asked' and q.waits_for && ${who}::text[] and exchange.network_id = ${networkId}`.execute(tx);
  return rows;
};

const inOrder = (one: Found, other: Found): number =>
  one.since === other.since ? (one.place < other.place ? -1 : 1) : one.since < other.since ? -1 : 1;

/** Nothing in a row began before the row's first: what began before the last row read is complete. */
const firstWaits = async (tx: Tx, table: string, query: ReadMatchQueue): Promise<readonly Found[]> => {
  const { cursor, limit } = query.page;
  const [since, place] = cursor ? readCursor(cursor, ['text', 'text']) : ['', ''];
  const isAfter = (one: Found): boolean => one.since > since || (one.since === since && one.place > place);
  const found = (await asked(tx, table, query)).filter(isAfter);
  for (let read: Read = { since: '', key: '' }; ;) {
    const rows = await sharedAfter(tx, table, query, read);
    found.push(
      ...rows.flatMap(({ row, wait, at, place: its }) => (row && wait ? { row, wait, since: at, place: its } : [])).filter(isAfter),
    );
    const last = rows.at(-1);
    const isRead = new Set(rows.map(({ key }) => key)).size < BATCH;
    if (isRead || !last || found.filter((one) => one.since < last.since).length > limit) break;
    read = last;
  }
  return found.sort(inOrder).slice(0, limit + 1);
};

/** What waits for whom, longest first. */
@QueryHandler(ReadMatchQueue)
export class ReadMatchQueueHandler implements IQueryHandler<ReadMatchQueue> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute(query: ReadMatchQueue): Promise<QueuePage> {
    const { page } = query;
    const { readPosition, result } = await this.store.read([matchQueueModel], (tx, tableOf) =>
      firstWaits(tx, tableOf(matchQueueModel), query),
    );
    const shown = result.slice(0, page.limit);
    const last = shown.at(-1);
    const next = result.length > page.limit && last ? cursorOf(last.since, last.place) : null;
    return { readPosition, items: shown.map((found) => itemOf(found, page)), next };
  }
}
