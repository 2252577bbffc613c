import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { Became, FoundRow, LeftRow } from './found.fold';
import type { RoundRow } from './round.fold';
import { roundsModel } from './rounds.table';

type Page = { readonly limit: number; readonly cursor?: string };

export type Round = Omit<RoundRow, 'kind' | 'networkId'>;

export interface RoundsPage {
  readonly readPosition: ReadPosition;
  readonly rounds: readonly Round[];
  readonly next: string | null;
}

/** Newest first. */
export class ListRounds extends Query<RoundsPage> {
  constructor(
    readonly networkId: string,
    readonly page: Page,
  ) {
    super();
  }
}

export interface RoundOpened {
  readonly readPosition: ReadPosition;
  /** Null where there is none in this network. */
  readonly round: Round | null;
  /** How many of its matches became what, whatever the page. */
  readonly became: Partial<Record<Became, number>>;
  readonly matches: readonly FoundRow[];
  readonly unmatched: readonly LeftRow[];
  readonly next: string | null;
}

/** One round, with a page of what it found, then of what it left. */
export class OpenRound extends Query<RoundOpened> {
  constructor(
    readonly networkId: string,
    readonly roundId: string,
    readonly page: Page,
  ) {
    super();
  }
}

const roundOf = (text: string): Round => {
  const { kind: _, networkId: __, ...round } = JSON.parse(text) as RoundRow;
  return round;
};

@QueryHandler(ListRounds)
export class ListRoundsHandler implements IQueryHandler<ListRounds> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, page }: ListRounds): Promise<RoundsPage> {
    const before = page.cursor === undefined ? null : readCursor(page.cursor, ['text', 'text']);
    const older = before === null ? sql`` : sql`and (started_at, key) < (${before[0]}, ${before[1]})`;
    const { readPosition, result } = await this.store.read([roundsModel], async (tx, tableOf) =>
      sql<{ key: string; row: string }>`select key, row from ${sql.table(tableOf(roundsModel))}
        where network_id = ${networkId} and kind = 'round' ${older}
        order by started_at desc, key desc limit ${page.limit + 1}`.execute(tx),
    );
    const found = result.rows.slice(0, page.limit).map(({ key, row }) => ({ key, round: roundOf(row) }));
    const last = found.at(-1);
    const next = last !== undefined && result.rows.length > found.length ? cursorOf(last.round.startedAt, last.key) : null;
    return { readPosition, rounds: found.map(({ round }) => round), next };
  }
}

@QueryHandler(OpenRound)
export class OpenRoundHandler implements IQueryHandler<OpenRound> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, roundId, page }: OpenRound): Promise<RoundOpened> {
    const [kind, after] = page.cursor === undefined ? ['', ''] : readCursor(page.cursor, ['text', 'text']);
    const { readPosition, result } = await this.store.read([roundsModel], async (tx, tableOf) => {
      const table = sql.table(tableOf(roundsModel));
      const ofRound = sql`network_id = ${networkId} and round_id = ${roundId}`;
      const round = await sql<{ row: string }>`select row from ${table} where ${ofRound} and kind = 'round'`.execute(tx);
      const counts = await sql<{ became: Became; n: number }>`
        select became, count(*)::int as n from ${table} where ${ofRound} and kind = 'match' group by became order by became`.execute(tx);
      const items = await sql<{ key: string; row: string }>`
        select key, row from ${table} where ${ofRound} and kind in ('match', 'unmatched') and (kind, key) > (${kind}, ${after})
        order by kind, key limit ${page.limit + 1}`.execute(tx);
      return { round: round.rows[0]?.row, counts: counts.rows, items: items.rows };
    });
    const shown = result.items.slice(0, page.limit).map(({ key, row }) => ({ key, row: JSON.parse(row) as FoundRow | LeftRow }));
    const last = shown.at(-1);
    return {
      readPosition,
      round: result.round === undefined ? null : roundOf(result.round),
      became: Object.fromEntries(result.counts.map(({ became, n }) => [became, n])),
      matches: shown.flatMap(({ row }) => (row.kind === 'match' ? [row] : [])),
      unmatched: shown.flatMap(({ row }) => (row.kind === 'unmatched' ? [row] : [])),
      next: last !== undefined && result.items.length > shown.length ? cursorOf(last.row.kind, last.key) : null,
    };
  }
}
