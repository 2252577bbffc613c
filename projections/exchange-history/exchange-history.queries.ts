import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import { cursorOf, readCursor } from '#read-store/cursor';
import { readsAgreement, type Encounter, type Viewer } from '#domain/match/who-sees-whom';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { refsIn, revealed } from '#read-store/personal-refs';
import { READ_STORE } from '#read-store/tokens';
import type { EvaluationLine, FollowUpLine, HistoryLine, HistoryRow, ShownHistory } from './exchange-history.projection';
import { exchangeHistoryModel } from './exchange-history.table';
import { standingAt, withoutAnswers } from './without-answers';

/**
 * Who asks: a participant or the mediator reads texts; the auditor reads ids alone. Who facilitates settles disputes, and sees no-shows, of
 * exchanges of others: without their texts and evaluations (§7). The data protection officer answers for a member, and reads no answers (R15).
 */
export type Asker = (Viewer & { readonly as: 'participant' }) | { readonly as: 'auditor' | 'data-protection-officer' };

export interface ExchangeHistory {
  readonly readPosition: ReadPosition;
  /** Null where there is none, or none of theirs. */
  readonly exchange: ShownHistory | null;
  /** R15: whoever may not know of answers does not learn how often it has changed, either. */
  readonly tellsAnswers: boolean;
}

export class ReadExchangeHistory extends Query<ExchangeHistory> {
  constructor(
    readonly networkId: string,
    readonly exchangeId: string,
    readonly asker: Asker,
    readonly now: string,
  ) {
    super();
  }
}

export interface ExchangePage {
  readonly readPosition: ReadPosition;
  readonly exchanges: readonly Pick<
    HistoryRow,
    'exchangeId' | 'matchId' | 'status' | 'disputed' | 'participants' | 'agreedBy' | 'mediatorId' | 'topicUri' | 'evaluateBy'
  >[];
  readonly next: string | null;
}

/** Of one member (participant, dropped out since or not, or mediator); or everybody's, as they stand by the clock `now` (R15). */
export type ExchangeFilter =
  | { readonly memberId: string; readonly status?: HistoryRow['status'] }
  | { readonly memberId?: undefined; readonly status?: undefined; readonly now: string };

/** Exchanges in the order in which they were agreed. */
export class ListExchanges extends Query<ExchangePage> {
  constructor(
    readonly networkId: string,
    readonly filter: ExchangeFilter,
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

/** Whoever had a place in it, has dropped out since or not: they may evaluate where they were there, contest a no-show, open a dispute. */
const encounterOf = ({ participants, agreedBy, mediatorId }: HistoryRow): Encounter => ({
  participants,
  formerly: agreedBy,
  accepted: agreedBy,
  mediatorId,
  isConfirmed: true,
});

/** R15: the participants, those who were there before they dropped out, and the exchange's own mediator. */
const isAmongThem = (row: HistoryRow, memberId: string): boolean =>
  row.mediatorId === memberId ||
  row.participants.some((place) => place.memberId === memberId) ||
  row.sessions.some(({ present }) => present.some((presence) => presence.memberId === memberId));

/** R13: sealed until all are in or the window ended; only its author sees it before. R15: the other participants and the mediator after. */
const unsealedFor = (row: HistoryRow, asker: Asker): readonly EvaluationLine[] => {
  if (asker.as !== 'participant') return [];
  return row.unsealed && isAmongThem(row, asker.memberId)
    ? row.evaluations
    : row.evaluations.filter(({ memberId }) => memberId === asker.memberId);
};

/** A follow-up is seen by its author; every other view shows aggregates (R15). */
const ownFollowUps = ({ followUps }: HistoryRow, asker: Asker): readonly FollowUpLine[] =>
  asker.as === 'participant' ? followUps.filter(({ memberId }) => memberId === asker.memberId) : [];

const tellsAnswers = (row: HistoryRow, asker: Asker): boolean =>
  asker.as === 'participant' ? isAmongThem(row, asker.memberId) : asker.as === 'auditor';

/** Whose evaluations, and whose follow-ups, one who asks sees of a history; random bits are nobody's to see (R15). */
export const seenBy = (row: HistoryRow, asker: Asker, now: string): ShownHistory => {
  const { salts: _, ...shown } = row;
  const seen = { ...shown, evaluations: unsealedFor(row, asker), followUps: ownFollowUps(row, asker) };
  if (!tellsAnswers(row, asker)) return withoutAnswers(seen, now);
  const isOwn = ({ type, actor }: HistoryLine): boolean =>
    type !== 'FollowUpSubmitted' || asker.as !== 'participant' || actor.id === asker.memberId;
  return { ...seen, timeline: seen.timeline.filter(isOwn) };
};

/** Ids alone: texts as references, and nobody's evaluation (R15). */
export const shownToAuditor = ({ salts: _, ...row }: HistoryRow): ShownHistory => ({ ...row, evaluations: [], followUps: [] });

const NO_TEXTS: ReadonlyMap<string, string> = new Map();

@QueryHandler(ReadExchangeHistory)
export class ReadExchangeHistoryHandler implements IQueryHandler<ReadExchangeHistory> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, exchangeId, asker, now }: ReadExchangeHistory): Promise<ExchangeHistory> {
    const { readPosition, result } = await this.store.read([exchangeHistoryModel], async (tx, tableOf) => {
      const table = sql.table(tableOf(exchangeHistoryModel));
      return (await sql<{ row: string }>`select row from ${table} where key = ${exchangeId} and network_id = ${networkId}`.execute(tx))
        .rows[0];
    });
    const row = result ? (JSON.parse(result.row) as HistoryRow) : null;
    if (!row) return { readPosition, exchange: null, tellsAnswers: false };
    const seen = seenBy(row, asker, now);
    const told = { readPosition, tellsAnswers: tellsAnswers(row, asker) };
    if (asker.as !== 'participant') return { ...told, exchange: seen };
    if (readsAgreement({ encounter: encounterOf(row), viewer: asker }))
      return { ...told, exchange: revealed(seen, await this.store.texts(refsIn(seen))) };
    return { ...told, exchange: asker.facilitates ? revealed(seen, NO_TEXTS) : null };
  }
}

@QueryHandler(ListExchanges)
export class ListExchangesHandler implements IQueryHandler<ListExchanges> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, filter, page }: ListExchanges): Promise<ExchangePage> {
    const { readPosition, result } = await this.store.read([exchangeHistoryModel], async (tx, tableOf) => {
      const [agreedAt, key] = page.cursor ? readCursor(page.cursor, ['text', 'text']) : ['', ''];
      const found = sql<{ key: string; row: string; agreed_at: string }>`
        select key, row, agreed_at from ${sql.table(tableOf(exchangeHistoryModel))}
        where network_id = ${networkId} and (agreed_at, key) > (${agreedAt}, ${key})
          ${filter.memberId ? sql`and (members @> array[${filter.memberId}]::text[] or ever_members @> array[${filter.memberId}]::text[])` : sql``}
          ${filter.status ? sql`and status = ${filter.status}` : sql``}
        order by agreed_at, key limit ${page.limit + 1}`;
      return (await found.execute(tx)).rows;
    });
    const shown = result.slice(0, page.limit);
    const last = shown.at(-1);
    const exchanges = shown.map(({ row }) => {
      const known = JSON.parse(row) as HistoryRow;
      const { exchangeId, matchId, disputed, participants, agreedBy, mediatorId, topicUri, evaluateBy } = known;
      const status = filter.memberId === undefined ? standingAt(known, filter.now) : known.status;
      return { exchangeId, matchId, status, disputed, participants, agreedBy, mediatorId, topicUri, evaluateBy };
    });
    const next = result.length > page.limit && last ? cursorOf(last.agreed_at, last.key) : null;
    return { readPosition, exchanges, next };
  }
}
