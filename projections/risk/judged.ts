import type { Instant } from '#kernel/id';
import { eachBatch } from '#read-store/batches';
import type { ReadStore, Standing } from '#read-store/read-store.port';
import { type Computed as Read, sharedAnswers, type SharedAnswers } from '#read-store/shared-answers';
import type { Computed } from './figure';
import { judge } from './judgement';
import type { RiskRow } from './risk.projection';
import { riskModel } from './risk.table';
import { timeZoneOf, viewOf } from './view/view';

/** A network's facts as they stood, judged at whatever date is asked for; each date once. */
export interface JudgedNetwork {
  readonly standing: Standing;
  readonly timeZone: string;
  readonly judgedAt: (asOf: Instant) => readonly Computed[];
}

/** Dates that are asked for again: a dashboard's, and those that an auditor opens. */
const DATES = 4;

const judgedOf = (rows: readonly RiskRow[], standing: Standing): JudgedNetwork => {
  const dates = new Map<Instant, readonly Computed[]>();
  const judgedAt = (asOf: Instant): readonly Computed[] => {
    const figures = dates.get(asOf) ?? judge(viewOf(rows, asOf));
    const [oldest] = dates.keys();
    if (dates.size >= DATES && oldest !== undefined && !dates.has(asOf)) dates.delete(oldest);
    dates.set(asOf, figures);
    return figures;
  };
  return { standing, timeZone: timeZoneOf(rows), judgedAt };
};

const load = async (store: ReadStore, networkId: string): Promise<Read<JudgedNetwork>> => {
  const rows: RiskRow[] = [];
  const parse = (batch: readonly string[]): void => batch.forEach((row) => rows.push(JSON.parse(row) as RiskRow));
  const { standing } = await store.read([riskModel], (tx, tableOf) => eachBatch(tx, { table: tableOf(riskModel), networkId }, parse));
  return { answer: judgedOf(rows, standing), standing };
};

/** Facts are many: they stay for calls made close together, of one network or two. */
const SHELF = { room: 2, keepMs: 60_000 };
const shelves = new WeakMap<ReadStore, SharedAnswers<JudgedNetwork>>();

/** Loaded once for all who ask while the facts stand as they stood. */
export const judgedNetwork = async (store: ReadStore, networkId: string): Promise<JudgedNetwork> => {
  const shared = shelves.get(store) ?? sharedAnswers<JudgedNetwork>(SHELF);
  shelves.set(store, shared);
  const { standing } = await store.read([riskModel], () => Promise.resolve());
  return shared({ key: networkId, standing, compute: () => load(store, networkId) });
};

export const judgedAsOf = async (
  store: ReadStore,
  networkId: string,
  asOf: Instant,
): Promise<{ readonly standing: Standing; readonly figures: readonly Computed[] }> => {
  const { standing, judgedAt } = await judgedNetwork(store, networkId);
  return { standing, figures: judgedAt(asOf) };
};
