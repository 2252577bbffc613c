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

/** A span in which a member was never idle for as long as dormancy asks: its two ends answer for every date inside. */
export interface ActiveSpan {
  readonly from: Instant;
  readonly to: Instant;
  readonly last: EventId;
}

export interface ActivityRow {
  readonly kind: 'activity';
  readonly networkId: string;
  readonly id: string;
  readonly spans: readonly ActiveSpan[];
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

const idOf = (event: AnyRecorded, kind: Kind): string => {
  const ids: Readonly<Record<string, unknown>> = { ...event.data };
  return String(ids[`${kind}Id`]);
};

const keysOf = (event: AnyRecorded): readonly string[] => {
  const home = homes.get(event.type);
  const own = home === undefined ? [] : [`${home.kind}/${idOf(event, home.kind)}`];
  return event.meta.actor.role === 'system' ? own : [...own, `activity/${event.meta.actor.id}`];
};

const isIdle = (from: Instant, to: Instant): boolean => Date.parse(to) - Date.parse(from) >= DORMANT_DAYS * 24 * 60 * 60_000;

const active = (row: ActivityRow | undefined, { meta }: AnyRecorded): ActivityRow => {
  const spans = row?.spans ?? [];
  const last = spans.at(-1);
  const to = last !== undefined && last.to > meta.recordedAt ? last.to : meta.recordedAt;
  const next =
    last === undefined || isIdle(last.to, to)
      ? [...spans, { from: to, to, last: meta.eventId }]
      : [...spans.slice(0, -1), { from: last.from, to, last: meta.eventId }];
  return { kind: 'activity', networkId: meta.network, id: meta.actor.id, spans: next };
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
  version: 1,
  handles,
  keys: keysOf,
  evolve: (row, event, key) => {
    if (key.startsWith('activity/')) return { row: active(row?.kind === 'activity' ? row : undefined, event) };
    const home = homes.get(event.type);
    if (home === undefined) return { row: row ?? null };
    return { row: withFact(row?.kind === 'activity' ? undefined : row, event, home) };
  },
};
