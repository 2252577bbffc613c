import { setImmediate } from 'node:timers/promises';
import type { EventId, Instant, StreamName } from '#kernel/id';
import type { DataOf, Recorded } from '#kernel/message';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { MemberId } from '#domain/ids';
import type { MatchEvent } from '#domain/match/match.events';
import type { ExchangeRole } from '#domain/vocabulary';
import type { Position } from '#event-store/log.port';
import { exchangeHistory, type HistoryRow, type ShownHistory } from '#projections/exchange-history/exchange-history.projection';
import { shownToAuditor } from '#projections/exchange-history/exchange-history.queries';
import type { IndexedExchange } from '#projections/exchange-streams/exchange-streams.queries';
import { concerning } from './concerning';
import { differenceOf, type ChangedField } from './difference';
import { eventsOf, lineOf, type EventLine } from './event-lines';
import { upTo, type Moment } from './moment';
import { stepsOf, type Changes, type HistoryStep } from './steps';
import { readTrail, type Placed, type Ports } from './trail';

/** Somebody of the exchange, by their id. */
export interface ReplayedPerson {
  readonly memberId: MemberId;
  readonly role: ExchangeRole | 'mediator';
  /** Since when their texts are gone; null where they are not. */
  readonly erasedAt: Instant | null;
}

/** An exchange as it stood at one moment. */
export interface State {
  /** Of the last event that was there. */
  readonly position: Position;
  readonly recordedAt: Instant;
  /** Its version; null where nothing was agreed yet. */
  readonly revision: number | null;
  readonly exchange: ShownHistory | null;
}

/** What became otherwise since an earlier moment; `from` is null where nothing was there then. */
export interface Difference {
  readonly from: Pick<State, 'position' | 'recordedAt' | 'revision'> | null;
  readonly fields: readonly ChangedField[];
}

/** How its match came about, with all parts of the score: they are for the facilitator and the auditor (§7). */
export type ReplayedMatch = Pick<
  DataOf<MatchEvent, 'MatchProposed'>,
  'matchId' | 'origin' | 'level' | 'language' | 'smallestGroup' | 'ringId' | 'connectionWaived' | 'score'
>;

export interface Replayed extends State {
  /** Since when the exchange’s own texts are gone, after the time that the policy keeps them (R19); null where they are not. */
  readonly textsErasedAt: Instant | null;
  /** Null where it was not proposed yet. */
  readonly match: ReplayedMatch | null;
  readonly people: readonly ReplayedPerson[];
  readonly steps: readonly HistoryStep[];
  /** Events of other histories that made something happen here. */
  readonly causes: readonly EventLine[];
  /** Null where it was not asked for. */
  readonly difference: Difference | null;
}

/** A fold leaves alone what an event does not change: most fields need no look inside. */
const isSame = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other);

const changedIn = (before: ShownHistory | null, { timeline: _, ...after }: ShownHistory): Partial<ShownHistory> =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => !isSame(before?.[name as keyof ShownHistory], value)));

interface Folded {
  readonly exchange: ShownHistory | null;
  readonly revision: number | null;
  readonly changes: Changes;
}

/** What the exchange’s read model was made of, made anew. */
const folded = (trail: readonly Placed[], own: StreamName): Folded => {
  let row: HistoryRow | null = null;
  let then: Omit<Folded, 'changes'> = { exchange: null, revision: null };
  const changes = new Map<EventId, Partial<ShownHistory>>();
  for (const placed of trail.filter(({ event }) => event.meta.stream === own)) {
    // A stream of this name holds events of an exchange.
    const event = placed.event as Recorded<ExchangeEvent>;
    row = exchangeHistory.evolve(row ?? undefined, event, own).row;
    if (!row) continue;
    const exchange = shownToAuditor(row);
    changes.set(event.meta.eventId, changedIn(then.exchange, exchange));
    then = { exchange, revision: placed.revision };
  }
  return { ...then, changes };
};

const peopleOf = ({ participants, mediatorId }: IndexedExchange, trail: readonly Placed[]): readonly ReplayedPerson[] => {
  const erased = new Map(
    trail.flatMap(({ event }) => (event.type === 'PersonalDataErased' ? [[event.data.memberId, event.meta.recordedAt] as const] : [])),
  );
  const places = [...participants, ...(mediatorId === null ? [] : [{ memberId: mediatorId, role: 'mediator' as const }])];
  return places.map(({ memberId, role }) => ({ memberId, role, erasedAt: erased.get(memberId) ?? null }));
};

/** The ids of what made these happen and is none of them. */
const elsewhereOf = (trail: readonly Placed[]): ReadonlySet<string> => {
  const here = new Set<string>();
  for (const { event } of trail) here.add(event.meta.eventId).add(event.meta.commandId).add(event.meta.correlationId);
  const elsewhere = new Set<string>();
  for (const { event } of trail) if (!here.has(event.meta.causationId)) elsewhere.add(event.meta.causationId);
  return elsewhere;
};

const matchIn = (trail: readonly Placed[]): ReplayedMatch | null => {
  for (const { event } of trail) {
    if (event.type !== 'MatchProposed') continue;
    const { matchId, origin, level, language, smallestGroup, ringId, connectionWaived, score } = event.data;
    return { matchId, origin, level, language, smallestGroup, ringId, connectionWaived, score };
  }
  return null;
};

/** What was there by a moment: the exchange, and what is listed with it. */
const listedAt = (all: readonly Placed[], { exchangeId, matchId }: IndexedExchange, moment: Moment) => {
  const own = `exchange-${exchangeId}` as StreamName;
  const until = upTo(all, own, moment);
  const then = folded(until, own);
  return { ...then, trail: concerning(until, { matchId, status: then.exchange?.status }) };
};

/** The events that a replay lists, as of now. */
export const listedNow = async (ports: Ports, indexed: IndexedExchange): Promise<readonly Placed[]> =>
  listedAt(await readTrail(ports, indexed), indexed, 'latest').trail;

type Then = State & Pick<Replayed, 'textsErasedAt' | 'match' | 'people' | 'steps'> & { readonly trail: readonly Placed[] };

const standingAt = (all: readonly Placed[], indexed: IndexedExchange, moment: Moment): Then | null => {
  const { exchange, revision, changes, trail } = listedAt(all, indexed, moment);
  const last = trail.at(-1);
  if (!last) return null;
  const { position, event } = last;
  return {
    ...{ position, recordedAt: event.meta.recordedAt, revision, exchange, trail },
    textsErasedAt: trail.findLast(({ event: { type } }) => type === 'RetentionApplied')?.event.meta.recordedAt ?? null,
    ...{ match: matchIn(trail), people: peopleOf(indexed, trail), steps: stepsOf(trail, changes, indexed) },
  };
};

const differenceFrom = (before: Then | null, after: Then): Difference => {
  const from = before && { position: before.position, recordedAt: before.recordedAt, revision: before.revision };
  return { from, fields: differenceOf(before?.exchange ?? null, after.exchange) };
};

/**
 * From the log itself, over all streams that led to an exchange: how it came about and what became of it, as of a moment, and what is
 * otherwise than at another one. Texts stay references, evaluations sealed (R15). Null where nothing was there yet.
 */
export const replayExchange = async (
  ports: Ports,
  indexed: IndexedExchange,
  { at, since }: { readonly at: Moment; readonly since?: Moment },
): Promise<Replayed | null> => {
  const all = await readTrail(ports, indexed);
  const standing = async () => {
    // what is asked for beside it is sent at the end of this turn, and answered while all is folded
    await setImmediate();
    return [standingAt(all, indexed, at), since === undefined ? null : standingAt(all, indexed, since)] as const;
  };
  const [[then, before], found] = await Promise.all([standing(), eventsOf(ports, indexed.networkId, [...elsewhereOf(all)])]);
  if (!then) return null;
  const causes = elsewhereOf(then.trail);
  const { trail: _, ...told } = then;
  return {
    ...told,
    causes: [...all.map(({ event }) => event), ...found].filter(({ meta }) => causes.has(meta.eventId)).map(lineOf),
    difference: since === undefined ? null : differenceFrom(before, then),
  };
};
