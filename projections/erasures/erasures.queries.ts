import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { ErasureRow } from './erasures.projection';
import { erasuresModel } from './erasures.table';

/** Who acted, as whoever reads may know them: the member, or the data protection officers, of whom they may be one. */
interface SeenStep {
  readonly at: string;
  readonly by: 'member' | 'data-protection-officer';
  readonly byYou: boolean;
}

export interface Erasure {
  readonly memberId: string;
  readonly asked: SeenStep | null;
  readonly approved: SeenStep | null;
  readonly held: (SeenStep & { readonly until: string }) | null;
  readonly erased: ErasureRow['erased'];
}

export interface ErasuresPage {
  readonly readPosition: ReadPosition;
  readonly erasures: readonly Erasure[];
  readonly next: string | null;
}

/** What is not done yet, longest asked for first; or what was done, the last one first. */
export class ListErasures extends Query<ErasuresPage> {
  constructor(
    readonly networkId: string,
    readonly askedBy: string,
    readonly page: { readonly state: 'open' | 'erased'; readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

/** Null where nobody asked for it. */
export class ReadErasure extends Query<{ readonly readPosition: ReadPosition; readonly erasure: Erasure | null }> {
  constructor(
    readonly networkId: string,
    readonly memberId: string,
  ) {
    super();
  }
}

const seenBy =
  (reader: string) =>
  ({ memberId, asked, approved, held, erased }: ErasureRow): Erasure => {
    const step = ({ at, by }: { readonly at: string; readonly by: string }): SeenStep => ({
      at,
      by: by === memberId ? 'member' : 'data-protection-officer',
      byYou: by === reader,
    });
    return {
      memberId,
      asked: asked && step(asked),
      approved: approved && step(approved),
      held: held && { ...step(held), until: held.until },
      erased,
    };
  };

const ORDER = { open: { beyond: sql.raw('>'), order: sql.raw('asc') }, erased: { beyond: sql.raw('<'), order: sql.raw('desc') } };

@QueryHandler(ListErasures)
export class ListErasuresHandler implements IQueryHandler<ListErasures> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, askedBy, page }: ListErasures): Promise<ErasuresPage> {
    const { beyond, order } = ORDER[page.state];
    const from = page.cursor === undefined ? null : readCursor(page.cursor, ['text', 'text']);
    const { readPosition, result } = await this.store.read([erasuresModel], async (tx, tableOf) =>
      sql<{ key: string; since: string; row: string }>`select key, since, row from ${sql.table(tableOf(erasuresModel))}
        where network_id = ${networkId} and state = ${page.state}
          ${from ? sql`and (since, key) ${beyond} (${from[0]}, ${from[1]})` : sql``}
        order by since ${order}, key ${order} limit ${page.limit + 1}`.execute(tx),
    );
    const shown = result.rows.slice(0, page.limit);
    const last = shown.at(-1);
    return {
      readPosition,
      erasures: shown.map(({ row }) => JSON.parse(row) as ErasureRow).map(seenBy(askedBy)),
      next: last !== undefined && result.rows.length > shown.length ? cursorOf(last.since, last.key) : null,
    };
  }
}

@QueryHandler(ReadErasure)
export class ReadErasureHandler implements IQueryHandler<ReadErasure> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, memberId }: ReadErasure) {
    const { readPosition, result } = await this.store.read([erasuresModel], async (tx, tableOf) =>
      sql<{ row: string }>`select row from ${sql.table(tableOf(erasuresModel))}
        where key = ${memberId} and network_id = ${networkId}`.execute(tx),
    );
    const row = result.rows[0];
    return { readPosition, erasure: row ? seenBy(memberId)(JSON.parse(row.row) as ErasureRow) : null };
  }
}
