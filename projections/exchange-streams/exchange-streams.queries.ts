import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EventId, StreamName } from '#kernel/id';
import type { ExchangeId, MatchId } from '#domain/ids';
import type { ReadPosition, ReadStore, TableOf } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { ExchangeRow, ExchangeStreamsRow, MatchRow, MemberRow } from './exchange-streams.projection';
import { exchangeStreamsModel } from './exchange-streams.table';

/** A stream, and the revisions in it that are about the exchange; null: all of it. */
export interface StreamPart {
  readonly stream: StreamName;
  readonly revisions: readonly number[] | null;
}

export interface IndexedExchange extends Pick<ExchangeRow, 'exchangeId' | 'networkId' | 'matchId' | 'participants' | 'mediatorId'> {
  readonly parts: readonly StreamPart[];
  /** Of histories of which no part is about it alone: what ended its texts. */
  readonly single: readonly EventId[];
}

export interface ExchangeStreams {
  readonly readPosition: ReadPosition;
  /** Null where there is no such exchange. */
  readonly exchange: IndexedExchange | null;
}

/** Of whichever network: who asks compares it with their own (R23). */
export class StreamsOfExchange extends Query<ExchangeStreams> {
  constructor(readonly exchangeId: ExchangeId) {
    super();
  }
}

const whole = (category: string, id: string): StreamPart => ({ stream: `${category}-${id}` as StreamName, revisions: null });

const partOf = (matchId: MatchId, { memberId, own, engaged }: MemberRow): StreamPart => ({
  stream: `member-${memberId}` as StreamName,
  revisions: [...own, ...(engaged[matchId] ?? [])].sort((one, other) => one - other),
});

const partsOf = (exchange: ExchangeRow, beside: readonly (MatchRow | MemberRow)[]): readonly StreamPart[] => {
  const { exchangeId, matchId, participants, incidents } = exchange;
  return [
    whole('exchange', exchangeId),
    whole('match', matchId),
    ...participants.map((place) => (place.role === 'giver' ? whole('offer', place.offerId) : whole('request', place.requestId))),
    ...incidents.map((id) => whole('incident', id)),
    ...beside.flatMap((row) => (row.of === 'member' ? partOf(matchId, row) : row.roundId === null ? [] : whole('round', row.roundId))),
  ];
};

/** The exchange, its match, and those who take part or mediate: their keys are in its row. */
const ABOUT_IT = (table: string): string => `
  with exchange as (select row, row::jsonb as told from ${table} where key = $2)
  select row from exchange
  union all
  select beside.row from exchange, ${table} as beside where beside.key = any (
    array['match/' || (told->>'matchId'), 'member/' || (told->>'mediatorId')]
    || array(select 'member/' || (place->>'memberId') from jsonb_array_elements(told->'participants') as place))`;

const isExchange = (row: ExchangeStreamsRow): row is ExchangeRow => row.of === 'exchange';

@QueryHandler(StreamsOfExchange)
export class StreamsOfExchangeHandler implements IQueryHandler<StreamsOfExchange> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ exchangeId }: StreamsOfExchange): Promise<ExchangeStreams> {
    const statement = (table: TableOf): string => ABOUT_IT(table(exchangeStreamsModel));
    const found = await this.store.readOnce<{ row: string }>([exchangeStreamsModel], statement, [`exchange/${exchangeId}`]);
    const rows = found.rows.map(({ row }) => JSON.parse(row) as ExchangeStreamsRow);
    const exchange = rows.find(isExchange);
    if (!exchange) return { readPosition: found.readPosition, exchange: null };
    const { incidents: _, of: __, ended, ...indexed } = exchange;
    const beside = rows.filter((row) => !isExchange(row));
    return { readPosition: found.readPosition, exchange: { ...indexed, parts: partsOf(exchange, beside), single: ended } };
  }
}
