import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { Affair } from '#domain/match/who-sees-whom';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
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

type Found = { row: string; wait: string; since: string; place: string };

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
  };
};

/** What may be done until its window ends, and ends with it: no event says so. */
const TOO_LATE = sql.raw(`(w.wait ->> 'why' in ('follow-up', 'contest-no-show') or w.wait ->> 'who' = '${PARTICIPANTS}')`);

/** What is somebody's to see: of what one person alone is asked for, their own (R15). */
const isTold = (networkId: string, { who, own }: QueueFilter) => {
  const of = (some: readonly string[]) => sql`q.waits_for && ${some}::text[] and w.wait ->> 'who' = any(${some}::text[])`;
  const asked = who ?? (own === undefined ? [] : [own]);
  return sql`((q.network_id = ${networkId} ${who ? sql`and ${of(who)}` : sql``})
    or (q.kind = 'asked' and exchange.key is not null and q.row::jsonb ->> 'networkId' = ${networkId} and ${of(asked)}))`;
};

/** What waits for whom, longest first. */
@QueryHandler(ReadMatchQueue)
export class ReadMatchQueueHandler implements IQueryHandler<ReadMatchQueue> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, filter, page }: ReadMatchQueue): Promise<QueuePage> {
    const { readPosition, result } = await this.store.read([matchQueueModel], async (tx, tableOf) => {
      const table = sql.table(tableOf(matchQueueModel));
      const from = page.cursor ? readCursor(page.cursor, ['text', 'text']) : null;
      const found = sql<Found>`
        select * from (
          select coalesce(exchange.row, q.row) as row, w.wait::text as wait, w.wait ->> 'since' as since,
            q.key || '#' || lpad(w.nth::text, 4, '0') as place
          from ${table} q left join ${table} exchange on q.kind = 'asked' and exchange.key = replace(q.key, 'asked/', 'exchange/'),
            jsonb_array_elements(q.row::jsonb -> 'waits') with ordinality as w(wait, nth)
          where ${isTold(networkId, filter)} and w.wait ->> 'from' <= ${page.now} and not (${TOO_LATE} and w.wait ->> 'until' < ${page.now})
            ${filter.why ? sql`and w.wait ->> 'why' = ${filter.why}` : sql``}
        ) waits
        ${from ? sql`where (since, place) > (${from[0]}, ${from[1]})` : sql``}
        order by since, place limit ${page.limit + 1}`;
      return (await found.execute(tx)).rows;
    });
    const shown = result.slice(0, page.limit);
    const last = shown.at(-1);
    const next = result.length > page.limit && last ? cursorOf(last.since, last.place) : null;
    return { readPosition, items: shown.map((found) => itemOf(found, page)), next };
  }
}
