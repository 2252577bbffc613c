import type { Instant, StreamName } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { ApplicationPorts } from '#application/application.module';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { ExchangeId, MatchId, NetworkId } from '#domain/ids';
import type { MatchEvent } from '#domain/match/match.events';
import type { Position } from '#event-store/log.port';
import { exchangeHistory, type HistoryRow, type ShownHistory } from '#projections/exchange-history/exchange-history.projection';
import { shownToAuditor } from '#projections/exchange-history/exchange-history.queries';

/** Up to a version, or to what was recorded by a time; left out, to the last event there is. */
export interface Until {
  readonly revision?: number;
  readonly asOf?: Instant;
}

type Ports = Pick<ApplicationPorts, 'log' | 'codec'>;
type Proposed = Extract<Recorded<MatchEvent>, { type: 'MatchProposed' }>;

export interface Replayed {
  readonly revision: number;
  readonly recordedAt: Instant;
  readonly position: Position;
  readonly exchange: ShownHistory;
}

/** From the log itself: what the exchange's read model was then. Texts stay references, evaluations sealed (R15). Null where it was not yet. */
export const replayExchange = async (
  { log, codec }: Ports,
  { networkId, exchangeId }: { readonly networkId: NetworkId; readonly exchangeId: ExchangeId },
  until: Until,
): Promise<Replayed | null> => {
  let replayed: (Replayed & { readonly exchange: HistoryRow }) | null = null;
  for await (const stored of log.readStream(`exchange-${exchangeId}` as StreamName)) {
    // A stream of this name holds events of an exchange.
    const event = codec.decode(stored) as Recorded<ExchangeEvent>;
    const { recordedAt } = event.meta;
    if (stored.revision > (until.revision ?? Infinity) || (until.asOf !== undefined && recordedAt > until.asOf)) break;
    const { row } = exchangeHistory.evolve(replayed?.exchange, event, exchangeId);
    if (row) replayed = { revision: stored.revision, recordedAt, position: stored.position, exchange: row };
  }
  return replayed?.exchange.networkId === networkId ? { ...replayed, exchange: shownToAuditor(replayed.exchange) } : null;
};

/** How its match came about, with all parts of the score: they are for the facilitator and the auditor (§7). */
export const matchBehind = async ({ log, codec }: Ports, matchId: MatchId) => {
  for await (const stored of log.readStream(`match-${matchId}` as StreamName)) {
    if (stored.type !== 'MatchProposed') continue;
    const { data } = codec.decode(stored) as Proposed;
    const { origin, level, language, smallestGroup, ringId, connectionWaived, score } = data;
    return { matchId, origin, level, language, smallestGroup, ringId, connectionWaived, score };
  }
  return null;
};
