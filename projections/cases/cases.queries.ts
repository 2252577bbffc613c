import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { Case, CaseRow } from './case.row';
import { casesModel } from './cases.table';

/** Who asks: a facilitator reads every case that does not name them; a network lead the risks alone (§5, §7). */
export interface Asker {
  readonly as: 'facilitator' | 'network-lead';
  readonly memberId: string;
}

export interface CaseLine {
  readonly kind: 'offer-contest' | 'request-contest' | 'dispute' | 'incident';
  readonly id: string;
  readonly matter: Case['matter'];
  readonly state: Case['state'];
  readonly openedAt: string;
  readonly settleBy: string;
  readonly exchangeId: string | null;
  readonly indicator: string | null;
}

export interface CasePage {
  readonly readPosition: ReadPosition;
  readonly cases: readonly CaseLine[];
  readonly next: string | null;
}

/** Without texts; oldest first. Those that name who asks are left out. */
export class ListCases extends Query<CasePage> {
  constructor(
    readonly networkId: string,
    readonly asker: Asker,
    readonly page: { readonly settled: boolean; readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

const KINDS = { offer: 'offer-contest', request: 'request-contest', exchange: 'dispute', incident: 'incident' } as const;

export const lineOf = ({ of, exchangeId, indicator }: CaseRow, { id, matter, state, openedAt, settleBy }: Case): CaseLine => ({
  ...{ kind: KINDS[of], id, matter, state, openedAt, settleBy },
  exchangeId,
  indicator,
});

@QueryHandler(ListCases)
export class ListCasesHandler implements IQueryHandler<ListCases> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, asker, page }: ListCases): Promise<CasePage> {
    const { readPosition, result } = await this.store.read([casesModel], async (tx, tableOf) => {
      const [since, place] = page.cursor ? readCursor(page.cursor, ['text', 'text']) : ['', ''];
      const found = sql<{ row: string; nth: number; since: string; place: string }>`
        select * from (
          select q.row, c.nth::int as nth, c.one ->> 'openedAt' as since, q.key || '#' || lpad(c.nth::text, 4, '0') as place
          from ${sql.table(tableOf(casesModel))} q, jsonb_array_elements(q.row::jsonb -> 'cases') with ordinality as c(one, nth)
          where q.network_id = ${networkId} and q.since is not null and (c.one ->> 'state' = 'settled') = ${page.settled}
            and c.one ->> 'by' is distinct from ${asker.memberId} and not jsonb_exists(q.row::jsonb -> 'named', ${asker.memberId})
            ${asker.as === 'network-lead' ? sql`and c.one ->> 'matter' = 'risk'` : sql``}
        ) found
        where (since, place) > (${since}, ${place}) order by since, place limit ${page.limit + 1}`;
      return (await found.execute(tx)).rows;
    });
    const shown = result.slice(0, page.limit);
    const last = shown.at(-1);
    const lines = shown.map(({ row: text, nth }) => {
      const row = JSON.parse(text) as CaseRow;
      return lineOf(row, row.cases[nth - 1]!);
    });
    return { readPosition, cases: lines, next: result.length > page.limit && last ? cursorOf(last.since, last.place) : null };
  }
}
