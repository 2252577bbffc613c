import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '#kernel/id';
import { addMonths } from '#domain/calendar';
import { keptSince, periodsOf, samePeriods, type RetentionPeriods } from '#domain/retention/retention-periods';
import type { Expired, ExpiredCounts } from '#domain/retention/retention.events';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { KeptKind } from './kept-texts.projection';
import { keptTextsModel } from './kept-texts.table';
import type { RetentionRunRow } from './retention-runs.projection';
import { retentionRunsModel } from './retention-runs.table';

/** What keeps something from ending although it is old enough. */
export type KeptBy = 'dispute' | 'legal-hold';

export interface RetentionItem {
  readonly kind: KeptKind;
  readonly id: string;
  /** From when on the policy's months count. */
  readonly endedAt: Instant;
  readonly dueAt: Instant;
  readonly keptBy: KeptBy | null;
}

export interface RetentionPreview extends RetentionPeriods {
  readonly readPosition: ReadPosition;
  /** Runs begin by themselves: somebody started one by this policy. */
  readonly isApproved: boolean;
  readonly isRunning: boolean;
  /** What a run now would end, and what it would leave. */
  readonly counts: ExpiredCounts;
  readonly kept: { readonly dispute: number; readonly legalHold: number };
  readonly items: readonly RetentionItem[];
  readonly next: string | null;
}

/** What a run now would end: a dry run, longest due first. */
export class PreviewRetention extends Query<RetentionPreview> {
  constructor(
    readonly networkId: string,
    readonly by: { readonly policy: RetentionPeriods; readonly now: Instant },
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

interface Judged extends RetentionPeriods {
  readonly networkId: string;
  readonly upTo: Instant;
  /** Legal holds are judged by. */
  readonly now: Instant;
}

/** All that is old enough, with what keeps it. A dispute keeps those who take part in it, too: their erasure would end its texts. */
const dueIn = (table: RawBuilder<unknown>, { networkId, upTo, now, ...periods }: Judged) => {
  const isOld = sql`since <= case kind when 'member' then ${keptSince(periods.goneMembersMonths, upTo)}::text
    else ${keptSince(periods.exchangeTextsMonths, upTo)}::text end`;
  return sql`(select key, kind, id, since, case
      when disputed or (kind = 'member' and exists (select from ${table} d where d.network_id = ${networkId} and d.disputed and k.id = any(d.people)))
        then 'dispute'
      when exists (select from ${table} h where h.network_id = ${networkId} and h.held_until > ${now} and h.id = any(k.people))
        then 'legal-hold' end as kept_by
    from ${table} k where network_id = ${networkId} and since is not null and ${isOld}) as due`;
};

interface DueRow {
  readonly key: string;
  readonly kind: KeptKind;
  readonly id: string;
  readonly since: Instant;
  readonly kept_by: KeptBy | null;
}

interface Count {
  readonly kind: KeptKind;
  readonly kept_by: KeptBy | null;
  readonly n: number;
}

const sumOf = (counts: readonly Count[], where: (count: Count) => boolean): number =>
  counts.filter(where).reduce((sum, { n }) => sum + n, 0);

const countsOf = (counts: readonly Count[]): Pick<RetentionPreview, 'counts' | 'kept'> => {
  const free = (kind: KeptKind): number => sumOf(counts, (count) => count.kind === kind && count.kept_by === null);
  const kept = (by: KeptBy): number => sumOf(counts, ({ kept_by: keptBy }) => keptBy === by);
  return {
    counts: { exchanges: free('exchange'), incidents: free('incident'), members: free('member') },
    kept: { dispute: kept('dispute'), legalHold: kept('legal-hold') },
  };
};

const itemOf = ({ kind, id, since, kept_by: keptBy }: DueRow, periods: RetentionPeriods): RetentionItem => ({
  ...{ kind, id, endedAt: since, keptBy },
  dueAt: addMonths(since, kind === 'member' ? periods.goneMembersMonths : periods.exchangeTextsMonths),
});

@QueryHandler(PreviewRetention)
export class PreviewRetentionHandler implements IQueryHandler<PreviewRetention> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, by: { policy, now }, page }: PreviewRetention): Promise<RetentionPreview> {
    const [since, key] = page.cursor === undefined ? ['', ''] : readCursor(page.cursor, ['text', 'text']);
    const periods = periodsOf(policy);
    const { readPosition, result } = await this.store.read([keptTextsModel, retentionRunsModel], async (tx, tableOf) => {
      const due = dueIn(sql.table(tableOf(keptTextsModel)), { networkId, ...periods, upTo: now, now });
      const counts = await sql<Count>`select kind, kept_by, count(*)::int as n from ${due} group by kind, kept_by`.execute(tx);
      const items = await sql<DueRow>`select * from ${due} where (since, key) > (${since}, ${key})
        order by since, key limit ${page.limit + 1}`.execute(tx);
      const runs = await sql<{ row: string }>`select row from ${sql.table(tableOf(retentionRunsModel))}
        where network_id = ${networkId} and by_policy order by started_at desc, key desc limit 1`.execute(tx);
      return { counts: counts.rows, items: items.rows, last: runs.rows[0]?.row };
    });
    const shown = result.items.slice(0, page.limit);
    const last = shown.at(-1);
    const run = result.last === undefined ? null : (JSON.parse(result.last) as RetentionRunRow);
    return {
      readPosition,
      ...periods,
      isApproved: run !== null && run.periods !== null && samePeriods(run.periods, periods),
      isRunning: run !== null && run.endedAt === null,
      ...countsOf(result.counts),
      items: shown.map((row) => itemOf(row, periods)),
      next: last !== undefined && result.items.length > shown.length ? cursorOf(last.since, last.key) : null,
    };
  }
}

/** What a run's next step takes on, oldest first: `libs/application` judges it anew from the log. */
export const expiredIn = async (store: ReadStore, judged: Judged, limit: number): Promise<Expired> => {
  const { result } = await store.read([keptTextsModel], async (tx, tableOf) =>
    sql<DueRow>`select * from ${dueIn(sql.table(tableOf(keptTextsModel)), judged)} where kept_by is null
      order by since, key limit ${limit}`.execute(tx),
  );
  const idsOf = <Id extends string>(kind: KeptKind): readonly Id[] =>
    result.rows.filter((row) => row.kind === kind).map(({ id }) => id as Id);
  return { exchangeIds: idsOf('exchange'), incidentIds: idsOf('incident'), memberIds: idsOf('member') };
};
