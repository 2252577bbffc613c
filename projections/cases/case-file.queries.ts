import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { Personal } from '#kernel/message';
import type { MemberId } from '#domain/ids';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { refsIn, revealed } from '#read-store/personal-refs';
import { READ_STORE } from '#read-store/tokens';
import type { Case, CaseRow } from './case.row';
import { lineOf, type Asker, type CaseLine } from './cases.queries';
import { casesModel } from './cases.table';

/** A personal text, or that its author's data is erased. */
export interface Said {
  readonly text: string | null;
  readonly erased: boolean;
}

export interface CaseFile extends CaseLine {
  readonly by: MemberId | null;
  /** Whom it names besides: an author, participants and their mediator, the person an incident is about. */
  readonly named: readonly MemberId[];
  /** Null where a case has none: a risk says itself by its indicator. */
  readonly text: Said | null;
  readonly content: { readonly wording: Said | null; readonly topic: Said | null } | null;
  readonly action: Said | null;
  readonly settlement: Said | null;
  readonly outcome: Case['outcome'];
}

export interface CaseAnswer {
  readonly readPosition: ReadPosition;
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
export class CasesOpenedBy extends Query<{ readonly readPosition: ReadPosition; readonly cases: readonly OwnCase[] }> {
  constructor(
    readonly networkId: string,
    readonly memberId: string,
  ) {
    super();
  }
}

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

/** How long texts may lag behind the row that refers to them: what is only late must not read as erased. */
const TEXTS_WITHIN_MS = 5_000;

@QueryHandler(ReadCase)
export class ReadCaseHandler implements IQueryHandler<ReadCase> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, caseId, asker }: ReadCase): Promise<CaseAnswer> {
    const { readPosition, result } = await this.store.read([casesModel], async (tx, tableOf) =>
      sql<{ row: string }>`select row from ${sql.table(tableOf(casesModel))}
        where network_id = ${networkId} and case_ids @> array[${caseId}]::text[]`.execute(tx),
    );
    const row = result.rows[0] ? (JSON.parse(result.rows[0].row) as CaseRow) : null;
    const one = row?.cases.findLast(({ id }) => id === caseId);
    if (!row || !one || (asker.as === 'network-lead' && one.matter !== 'risk')) return { readPosition, case: null };
    if (names(row, one, asker)) return { readPosition, case: 'names-you' };
    await this.store.waitFor(['personal-text'], readPosition.position, TEXTS_WITHIN_MS);
    return { readPosition, case: fileOf(row, one, await this.store.texts(refsIn([row.content, one]))) };
  }
}

@QueryHandler(CasesOpenedBy)
export class CasesOpenedByHandler implements IQueryHandler<CasesOpenedBy> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, memberId }: CasesOpenedBy): Promise<{ readPosition: ReadPosition; cases: readonly OwnCase[] }> {
    const { readPosition, result } = await this.store.read([casesModel], async (tx, tableOf) =>
      sql<{ row: string }>`select row from ${sql.table(tableOf(casesModel))}
        where network_id = ${networkId} and since is not null and row::jsonb -> 'cases' @> ${JSON.stringify([{ by: memberId }])}::jsonb
        order by since, key`.execute(tx),
    );
    const rows = result.rows.map(({ row }) => JSON.parse(row) as CaseRow);
    await this.store.waitFor(['personal-text'], readPosition.position, TEXTS_WITHIN_MS);
    const own = rows.flatMap((row) => row.cases.filter(({ by }) => by === memberId).map((one) => ({ row, one })));
    const clear = await this.store.texts(refsIn(own.map(({ one }) => one.text)));
    const cases = own.map(({ row, one }) => {
      const { text, outcome } = fileOf(row, one, clear);
      return { ...lineOf(row, one), text, outcome };
    });
    return { readPosition, cases };
  }
}
