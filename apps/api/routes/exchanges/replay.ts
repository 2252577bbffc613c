import type { Instant, StreamName } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { ApplicationPorts } from '#application/application.module';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { ExchangeId, MatchId, NetworkId } from '#domain/ids';
import type { MatchEvent } from '#domain/match/match.events';
import type { Position } from '#event-store/log.port';
import { exchangeHistory, type HistoryRow, type ShownHistory } from '#projections/exchange-history/exchange-history.projection';
import { lineOf, linesOf, type EventLine } from '../../queries/event-lines';
import { shownToAuditor } from '#projections/exchange-history/exchange-history.queries';

/** Up to a version, or to what was recorded by a time; left out, to the last event there is. */
export interface Until {
  readonly revision?: number;
  readonly asOf?: Instant;
}

type Ports = Pick<ApplicationPorts, 'log' | 'codec'>;
type Proposed = Extract<Recorded<MatchEvent>, { type: 'MatchProposed' }>;

/** One event, with what it came from, what it says, and what it made of the exchange. */
export interface HistoryStep extends EventLine {
  readonly revision: number;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly policyVersion: number | null;
  /** Texts as references; of an answer only that it was given (R15). */
  readonly data: object;
  /** The fields that are others than before, as they are after it: all steps’ together are the exchange. */
  readonly changed: Partial<ShownHistory>;
}

export interface Replayed {
  readonly revision: number;
  readonly recordedAt: Instant;
  readonly position: Position;
  readonly exchange: ShownHistory;
  readonly steps: readonly HistoryStep[];
}

/** R15: what was answered, and the random bits that keep a hash over it from being tried. */
const SEALED = ['form', 'salt', 'usedAtWork', 'example'];

const unsealed = (data: object): object => Object.fromEntries(Object.entries(data).filter(([name]) => !SEALED.includes(name)));

const changedIn = (before: ShownHistory | undefined, { timeline: _, ...after }: ShownHistory): Partial<ShownHistory> =>
  Object.fromEntries(
    Object.entries(after).filter(([name, value]) => JSON.stringify(before?.[name as keyof ShownHistory]) !== JSON.stringify(value)),
  );

const stepOf = (event: Recorded<ExchangeEvent>, revision: number, changed: HistoryStep['changed']): HistoryStep => {
  const { commandId, correlationId, causationId, policyVersion = null } = event.meta;
  return { revision, ...lineOf(event), commandId, correlationId, causationId, policyVersion, data: unsealed(event.data), changed };
};

/** From the log itself: what the exchange's read model was then. Texts stay references, evaluations sealed (R15). Null where it was not yet. */
export const replayExchange = async (
  { log, codec }: Ports,
  { networkId, exchangeId }: { readonly networkId: NetworkId; readonly exchangeId: ExchangeId },
  until: Until,
): Promise<Replayed | null> => {
  let replayed: (Replayed & { readonly exchange: HistoryRow }) | undefined;
  for await (const stored of log.readStream(`exchange-${exchangeId}` as StreamName)) {
    // A stream of this name holds events of an exchange.
    const event = codec.decode(stored) as Recorded<ExchangeEvent>;
    const { recordedAt } = event.meta;
    if (stored.revision > (until.revision ?? Infinity) || (until.asOf !== undefined && recordedAt > until.asOf)) break;
    const { row } = exchangeHistory.evolve(replayed?.exchange, event, exchangeId);
    if (!row) continue;
    const { revision, position } = stored;
    const step = stepOf(event, revision, changedIn(replayed && shownToAuditor(replayed.exchange), shownToAuditor(row)));
    replayed = { revision, recordedAt, position, exchange: row, steps: [...(replayed?.steps ?? []), step] };
  }
  return replayed?.exchange.networkId === networkId ? { ...replayed, exchange: shownToAuditor(replayed.exchange) } : null;
};

/** What elsewhere made something happen here: in the match, with a member, or because a time had come. */
export const causesOf = ({ log, codec }: Ports, networkId: NetworkId, steps: readonly HistoryStep[]): Promise<readonly EventLine[]> => {
  const here = new Set<string>(steps.flatMap(({ eventId, commandId }) => [eventId, commandId]));
  return linesOf(
    { log, codec },
    networkId,
    [...new Set(steps.map(({ causationId }) => causationId))].filter((id) => !here.has(id)),
  );
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
