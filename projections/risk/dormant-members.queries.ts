import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { sql, type Transaction } from 'kysely';
import { addDays } from '#domain/calendar';
import type { Instant, PastOrNow } from '#kernel/id';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadDatabase, ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { isDormant, lastAct } from './indicators/dormancy';
import { DORMANT_DAYS, type ActivityRow, type FactsRow } from './risk.projection';
import { riskModel } from './risk.table';
import { memberAt } from './view/member';

export interface DormantMember {
  readonly memberId: string;
  /** The month, as 2026-03: an instant would tell whether it was an evaluation (R15). Null where nothing they did themself is recorded. */
  readonly lastActedIn: string | null;
}

export interface DormantPage {
  readonly readPosition: ReadPosition;
  readonly members: readonly DormantMember[];
  readonly next: string | null;
}

/** Who is dormant by the indicator of §5, for whoever helps them (§7). By id: nobody is ranked (R4). */
export class DormantMembers extends Query<DormantPage> {
  constructor(
    readonly networkId: string,
    readonly asOf: PastOrNow,
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

type Tx = Transaction<ReadDatabase>;

/** Members looked at in one go. */
const BATCH = 500;

/** Those who may be dormant: whoever did something lately is not, and need not be read whole. Their keys end where `member0` would stand. */
const membersAfter = async (tx: Tx, table: string, { networkId, after, asOf }: { networkId: string; after: string; asOf: Instant }) => {
  const lately = addDays(asOf, -DORMANT_DAYS);
  const { rows } = await sql<{ row: string }>`
    select m.row from ${sql.table(table)} m
    where m.network_id = ${networkId} and m.kind = 'member' and m.key > ${`member/${after}`} and m.key < 'member0' and not exists (
      select 1 from ${sql.table(table)} a, jsonb_array_elements(a.row::jsonb -> 'acts') as act
      where a.key = replace(m.key, 'member/', 'activity/') and act ->> 'at' > ${lately} and act ->> 'at' <= ${asOf})
    order by m.key limit ${sql.lit(BATCH)}`.execute(tx);
  return rows.map(({ row }) => JSON.parse(row) as FactsRow<'member'>);
};

const activityOf = async (tx: Tx, table: string, ids: readonly string[]): Promise<ReadonlyMap<string, ActivityRow>> => {
  const keys = ids.map((id) => `activity/${id}`);
  const { rows } = await sql<{ row: string }>`select row from ${sql.table(table)} where key = any(${keys}::text[])`.execute(tx);
  return new Map(rows.map(({ row }) => JSON.parse(row) as ActivityRow).map((row) => [row.id, row]));
};

const dormantAmong = async (
  tx: Tx,
  table: string,
  rows: readonly FactsRow<'member'>[],
  asOf: Instant,
): Promise<readonly DormantMember[]> => {
  const recorded = rows.map(({ id, facts }) =>
    memberAt(
      id,
      facts.filter(({ rec }) => rec <= asOf),
    ),
  );
  const ids = recorded.filter(({ inPopulation }) => inPopulation).map(({ id }) => id);
  const activity = await activityOf(tx, table, ids);
  return ids
    .filter((id) => isDormant(activity.get(id), asOf))
    .map((memberId) => ({ memberId, lastActedIn: lastAct(activity.get(memberId), asOf)?.at.slice(0, 7) ?? null }));
};

@QueryHandler(DormantMembers)
export class DormantMembersHandler implements IQueryHandler<DormantMembers> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, asOf, page }: DormantMembers): Promise<DormantPage> {
    const { readPosition, result } = await this.store.read([riskModel], async (tx, tableOf) => {
      const table = tableOf(riskModel);
      const found: DormantMember[] = [];
      let after = page.cursor === undefined ? '' : readCursor(page.cursor, ['text'])[0];
      for (;;) {
        const rows = await membersAfter(tx, table, { networkId, after, asOf });
        found.push(...(await dormantAmong(tx, table, rows, asOf)));
        if (found.length > page.limit || rows.length < BATCH) return found;
        after = rows.at(-1)!.id;
      }
    });
    const members = result.slice(0, page.limit);
    const last = members.at(-1);
    return { readPosition, members, next: result.length > page.limit && last ? cursorOf(last.memberId) : null };
  }
}
