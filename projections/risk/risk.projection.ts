import type { EventId, Instant } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { SavoirsEvent } from '#domain/catalogue';
import { type FactsByKind, type Kind, picks } from './risk.facts';
import { handles, type RiskEvent } from './risk.handles';

/** The dated facts of one aggregate: who asks "as of D" reads those recorded by D. */
export type FactsRow<K extends Kind = Kind> = {
  [Each in K]: { readonly kind: Each; readonly networkId: string; readonly id: string; readonly facts: readonly FactsByKind[Each][] };
}[K];

/** Something that a member did, by when it was recorded. */
export interface Act {
  readonly at: Instant;
  readonly id: EventId;
}

export interface ActivityRow {
  readonly kind: 'activity';
  readonly networkId: string;
  readonly id: string;
  /** Not all: between two that are kept lie others only where less than 180 days lie between them, so each date has its answer. */
  readonly acts: readonly Act[];
}

export type RiskRow = FactsRow | ActivityRow;

/** §5: without an event whose actor they are. */
export const DORMANT_DAYS = 180;

type Pick = (data: unknown) => object;
interface Home {
  readonly kind: Kind;
  readonly pick: Pick;
}

// Each pick was checked against its own event's data where it was written; here they are looked up by name.
const homes: ReadonlyMap<string, Home> = new Map(
  Object.entries(picks).flatMap(([kind, table]) =>
    Object.entries(table).map(([type, pick]): [string, Home] => [type, { kind: kind as Kind, pick: pick as Pick }]),
  ),
);

type AnyRecorded = Recorded<SavoirsEvent>;

const idOf = ({ data }: AnyRecorded, kind: Kind): string => String(Reflect.get(data, `${kind}Id`));

const keysOf = (event: AnyRecorded): readonly string[] => {
  const home = homes.get(event.type);
  const own = home === undefined ? [] : [`${home.kind}/${idOf(event, home.kind)}`];
  return event.meta.actor.role === 'system' ? own : [...own, `activity/${event.meta.actor.id}`];
};

const isIdle = (from: Instant, to: Instant): boolean => Date.parse(to) - Date.parse(from) >= DORMANT_DAYS * 24 * 60 * 60_000;

/** The last act, after those that dates before it are answered by. One that clocks put before the last changes nothing. */
const withAct = (acts: readonly Act[], act: Act): readonly Act[] => {
  const [before, last] = [acts.at(-2), acts.at(-1)];
  if (last !== undefined && act.at <= last.at) return acts;
  return [...(before === undefined || isIdle(before.at, act.at) ? acts : acts.slice(0, -1)), act];
};

const active = (row: ActivityRow | undefined, { meta }: AnyRecorded): ActivityRow => {
  const act = { at: meta.recordedAt, id: meta.eventId };
  return { kind: 'activity', networkId: meta.network, id: meta.actor.id, acts: withAct(row?.acts ?? [], act) };
};

const withFact = (row: FactsRow | undefined, event: AnyRecorded, home: Home): FactsRow => {
  const { occurredAt: at, recordedAt: rec, eventId: id, network: networkId } = event.meta;
  const fact = { is: event.type, at, rec, id, ...home.pick(event.data) };
  // The kind of a row and of its facts both follow from the event's name.
  return { kind: home.kind, networkId, id: idOf(event, home.kind), facts: [...(row?.facts ?? []), fact] } as FactsRow;
};

/** What risks are computed from: dated facts by aggregate, each with the event that tells it. Nothing here ages (§5). */
export const risk: Projection<RiskEvent, RiskRow> = {
  name: 'risk',
  version: 3,
  handles,
  keys: keysOf,
  evolve: (row, event, key) => {
    if (key.startsWith('activity/')) return { row: active(row?.kind === 'activity' ? row : undefined, event) };
    const home = homes.get(event.type);
    if (home === undefined) return { row: row ?? null };
    return { row: withFact(row?.kind === 'activity' ? undefined : row, event, home) };
  },
};
