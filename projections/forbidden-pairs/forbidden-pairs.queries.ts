import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { refsIn, revealed } from '#read-store/personal-refs';
import { READ_STORE } from '#read-store/tokens';
import type { ForbiddenPairRow } from './forbidden-pairs.projection';
import { forbiddenPairsModel } from './forbidden-pairs.table';

/** `reason` is null where the data of who gave it is erased. */
export type ForbiddenPair = Omit<ForbiddenPairRow, 'networkId'>;

export interface ForbiddenPairsPage {
  readonly readPosition: ReadPosition;
  readonly pairs: readonly ForbiddenPair[];
  readonly next: string | null;
}

/** The pairs that are in no match together, longest kept apart first; those that name who asks are left out (§7). */
export class ListForbiddenPairs extends Query<ForbiddenPairsPage> {
  constructor(
    readonly networkId: string,
    readonly askedBy: string,
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

@QueryHandler(ListForbiddenPairs)
export class ListForbiddenPairsHandler implements IQueryHandler<ListForbiddenPairs> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, askedBy, page }: ListForbiddenPairs): Promise<ForbiddenPairsPage> {
    const [since, key] = page.cursor === undefined ? ['', ''] : readCursor(page.cursor, ['text', 'text']);
    const { readPosition, result } = await this.store.read([forbiddenPairsModel], async (tx, tableOf) =>
      sql<{ key: string; row: string }>`select key, row from ${sql.table(tableOf(forbiddenPairsModel))}
        where network_id = ${networkId} and not ${askedBy} = any(pair) and (since, key) > (${since}, ${key})
        order by since, key limit ${page.limit + 1}`.execute(tx),
    );
    const found = result.rows.map((one) => ({ key: one.key, row: JSON.parse(one.row) as ForbiddenPairRow }));
    const shown = found.slice(0, page.limit);
    const last = shown.at(-1);
    const pairs = shown.map(({ row: { networkId: _, ...pair } }) => pair);
    return {
      readPosition,
      pairs: revealed(pairs, await this.store.texts(refsIn(pairs))),
      next: last !== undefined && found.length > shown.length ? cursorOf(last.row.since, last.key) : null,
    };
  }
}
