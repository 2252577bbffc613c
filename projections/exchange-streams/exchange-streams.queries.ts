import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql, type Transaction } from 'kysely';
import type { EventId, StreamName } from '#kernel/id';
import type { ExchangeId, MatchId } from '#domain/ids';
import type { ReadDatabase, ReadPosition, ReadStore } from '#read-store/read-store.port';
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

const besideOf = ({ matchId, participants, mediatorId }: ExchangeRow): readonly string[] => [
  `match/${matchId}`,
  ...participants.map(({ memberId }) => `member/${memberId}`),
  ...(mediatorId === null ? [] : [`member/${mediatorId}`]),
];

@QueryHandler(StreamsOfExchange)
export class StreamsOfExchangeHandler implements IQueryHandler<StreamsOfExchange> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ exchangeId }: StreamsOfExchange): Promise<ExchangeStreams> {
    const { readPosition, result } = await this.store.read([exchangeStreamsModel], async (tx, tableOf) => {
      const rowsOf = (keys: readonly string[]) => rowsIn(tx, tableOf(exchangeStreamsModel), keys);
      const [exchange] = (await rowsOf([`exchange/${exchangeId}`])) as readonly ExchangeRow[];
      if (!exchange) return null;
      return { exchange, beside: (await rowsOf(besideOf(exchange))) as readonly (MatchRow | MemberRow)[] };
    });
    if (!result) return { readPosition, exchange: null };
    const { exchange, beside } = result;
    const { incidents: _, of: __, ended, ...indexed } = exchange;
    return { readPosition, exchange: { ...indexed, parts: partsOf(exchange, beside), single: ended } };
  }
}

const rowsIn = async (tx: Transaction<ReadDatabase>, table: string, keys: readonly string[]): Promise<readonly ExchangeStreamsRow[]> => {
  const found = sql<{ row: string }>`select row from ${sql.table(table)} where key = any(${keys}::text[]) order by key`;
  return (await found.execute(tx)).rows.map(({ row }) => JSON.parse(row) as ExchangeStreamsRow);
};
