import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { Personal } from '#kernel/message';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, Standing } from '#read-store/read-store.port';
import { refsIn, revealed } from '#read-store/reveal';
import { READ_STORE } from '#read-store/tokens';
import type { Case, CaseRow } from './case.row';
import { casesModel } from './cases.table';

/** Who asks: a facilitator reads every case that does not name them; a network lead the risks alone (§5, §7). */
export interface Asker {
  readonly as: 'facilitator' | 'network-lead';
  readonly memberId: string;
}

/** A personal text, or that its author's data is erased. */
export interface Said {
  readonly text: string | null;
  readonly erased: boolean;
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

export interface CaseFile extends CaseLine {
  readonly by: string | null;
  /** Whom it names besides: an author, participants and their mediator, the person an incident is about. */
  readonly named: readonly string[];
  /** Null where a case has none: a risk says itself by its indicator. */
  readonly text: Said | null;
  readonly content: { readonly wording: Said | null; readonly topic: Said | null } | null;
  readonly action: Said | null;
  readonly settlement: Said | null;
  readonly outcome: Case['outcome'];
}

export interface CasePage {
  readonly standing: Standing;
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

export interface CaseAnswer {
  readonly standing: Standing;
  /** Null where there is none, or none for this role; `names-you`: somebody else settles it. */
  readonly case: CaseFile | 'names-you' | null;
}

export class ReadCase extends Query<CaseAnswer> {
  constructor(
    readonly networkId: string,
    readonly caseId: string,
    readonly asker: Asker,
  ) {
    super();
  }
}

/** A case as who opened it knows it: their own text, and what came of it. */
export type OwnCase = CaseLine & { readonly text: Said | null; readonly outcome: Case['outcome'] };

/** What one member opened, oldest first. */
export class CasesOpenedBy extends Query<{ readonly standing: Standing; readonly cases: readonly OwnCase[] }> {
  constructor(
    readonly networkId: string,
    readonly memberId: string,
  ) {
    super();
  }
}

const KINDS = { offer: 'offer-contest', request: 'request-contest', exchange: 'dispute', incident: 'incident' } as const;

const lineOf = ({ of, exchangeId, indicator }: CaseRow, { id, matter, state, openedAt, settleBy }: Case): CaseLine => ({
  ...{ kind: KINDS[of], id, matter, state, openedAt, settleBy },
  exchangeId,
  indicator,
});

const fileOf = (row: CaseRow, one: Case, clear: ReadonlyMap<string, string>): CaseFile => {
  const said = (text: Personal | null): Said | null => {
    if (text === null) return null;
    const shown = revealed(text, clear) as string | null;
    return { text: shown, erased: shown === null };
  };
  return {
    ...lineOf(row, one),
    by: one.by,
    named: row.named,
    text: said(one.text),
    content: row.content && { wording: said(row.content.wording), topic: said(row.content.topic) },
    action: said(one.action),
    settlement: said(one.settlement),
    outcome: one.outcome,
  };
};

const names = (row: CaseRow, { by }: Case, { memberId }: Asker): boolean => by === memberId || row.named.some((one) => one === memberId);

@QueryHandler(ListCases)
export class ListCasesHandler implements IQueryHandler<ListCases> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, asker, page }: ListCases): Promise<CasePage> {
    const { standing, result } = await this.store.read([casesModel], async (tx) => {
      const [since, place] = page.cursor ? readCursor(page.cursor, 2) : ['', ''];
      const found = sql<{ row: string; nth: number; since: string; place: string }>`
        select * from (
          select q.row, c.nth::int as nth, c.one ->> 'openedAt' as since, q.key || '#' || lpad(c.nth::text, 4, '0') as place
          from ${sql.table(this.store.table(casesModel))} q, jsonb_array_elements(q.row::jsonb -> 'cases') with ordinality as c(one, nth)
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
    return { standing, cases: lines, next: result.length > page.limit && last ? cursorOf(last.since, last.place) : null };
  }
}

/** How long texts may lag behind the row that refers to them: what is only late must not read as erased. */
const TEXTS_WITHIN_MS = 5_000;

@QueryHandler(ReadCase)
export class ReadCaseHandler implements IQueryHandler<ReadCase> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, caseId, asker }: ReadCase): Promise<CaseAnswer> {
    const { standing, result } = await this.store.read([casesModel], async (tx) =>
      sql<{ row: string }>`select row from ${sql.table(this.store.table(casesModel))}
        where network_id = ${networkId} and case_ids @> array[${caseId}]::text[]`.execute(tx),
    );
    const row = result.rows[0] ? (JSON.parse(result.rows[0].row) as CaseRow) : null;
    const one = row?.cases.findLast(({ id }) => id === caseId);
    if (!row || !one || (asker.as === 'network-lead' && one.matter !== 'risk')) return { standing, case: null };
    if (names(row, one, asker)) return { standing, case: 'names-you' };
    await this.store.waitFor(['personal-text'], standing.position, TEXTS_WITHIN_MS);
    return { standing, case: fileOf(row, one, await this.store.texts(refsIn([row.content, one]))) };
  }
}

@QueryHandler(CasesOpenedBy)
export class CasesOpenedByHandler implements IQueryHandler<CasesOpenedBy> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, memberId }: CasesOpenedBy): Promise<{ standing: Standing; cases: readonly OwnCase[] }> {
    const { standing, result } = await this.store.read([casesModel], async (tx) =>
      sql<{ row: string }>`select row from ${sql.table(this.store.table(casesModel))}
        where network_id = ${networkId} and since is not null and row::jsonb -> 'cases' @> ${JSON.stringify([{ by: memberId }])}::jsonb
        order by since, key`.execute(tx),
    );
    const rows = result.rows.map(({ row }) => JSON.parse(row) as CaseRow);
    await this.store.waitFor(['personal-text'], standing.position, TEXTS_WITHIN_MS);
    const own = rows.flatMap((row) => row.cases.filter(({ by }) => by === memberId).map((one) => ({ row, one })));
    const clear = await this.store.texts(refsIn(own.map(({ one }) => one.text)));
    const cases = own.map(({ row, one }) => {
      const { text, outcome } = fileOf(row, one, clear);
      return { ...lineOf(row, one), text, outcome };
    });
    return { standing, cases };
  }
}

export const casesQueryHandlers = [ListCasesHandler, ReadCaseHandler, CasesOpenedByHandler];
