import type { Instant } from '#kernel/id';
import { eachBatch } from '#read-store/query/row-stream';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { type Computed as Read, createQueryCache, type QueryCache } from '#read-store/query/query-cache';
import type { Computed } from './figure';
import { evaluationGap, type GapAt, type InForce } from './indicators/evaluation-gap';
import { type TopicAskedFor, topicsAskedFor } from './indicators/single-source';
import { evaluateRisks } from './risk-evaluation';
import type { RiskRow } from './risk.projection';
import { riskModel } from './risk.table';
import { openedAtOf, type RiskView, timeZoneOf, viewOf } from './view/view';

/** A network's facts at one position, evaluated as of whatever date is asked for; each date once. */
export interface NetworkEvaluation {
  readonly readPosition: ReadPosition;
  readonly timeZone: string;
  /** Null while it is not open. */
  readonly openedAt: Instant | null;
  readonly figuresAt: (asOf: Instant) => Promise<readonly Computed[]>;
  readonly topicsAt: (asOf: Instant) => readonly TopicAskedFor[];
}

/** Dates that are asked for again: a dashboard's, and an auditor's. */
const KEPT_DATES = 4;

/** In the order of §5. */
const withGap = (figures: readonly Computed[], gap: Computed): readonly Computed[] => {
  const at = figures.findIndex(({ indicator }) => indicator === 'mediationBottleneck');
  return [...figures.slice(0, at), gap, ...figures.slice(at)];
};

interface Evaluated extends InForce {
  readonly figures: readonly Computed[];
  readonly topics: readonly TopicAskedFor[];
}

const evaluatedOn = (view: RiskView): Evaluated => ({
  figures: evaluateRisks(view),
  topics: topicsAskedFor(view),
  policy: view.policy,
  policyTold: view.policyTold,
});

interface EvaluationInput {
  readonly networkId: string;
  readonly gapAt: GapAt;
}

const evaluationOf = (rows: readonly RiskRow[], readPosition: ReadPosition, { networkId, gapAt }: EvaluationInput): NetworkEvaluation => {
  const dates = new Map<Instant, Evaluated>();
  const judgedAt = (asOf: Instant): Evaluated => {
    const judged = dates.get(asOf) ?? evaluatedOn(viewOf(rows, asOf));
    const [oldest] = dates.keys();
    if (dates.size >= KEPT_DATES && oldest !== undefined && !dates.has(asOf)) dates.delete(oldest);
    dates.set(asOf, judged);
    return judged;
  };
  const figuresAt = async (asOf: Instant): Promise<readonly Computed[]> => {
    const judged = judgedAt(asOf);
    return withGap(judged.figures, evaluationGap(await gapAt(networkId, asOf), judged));
  };
  return { readPosition, timeZone: timeZoneOf(rows), openedAt: openedAtOf(rows), figuresAt, topicsAt: (asOf) => judgedAt(asOf).topics };
};

const load = async (store: ReadStore, judging: EvaluationInput): Promise<Read<NetworkEvaluation>> => {
  const rows: RiskRow[] = [];
  const parse = (batch: readonly string[]): void => batch.forEach((row) => rows.push(JSON.parse(row) as RiskRow));
  const { readPosition } = await store.read([riskModel], (tx, tableOf) =>
    eachBatch(tx, { table: tableOf(riskModel), networkId: judging.networkId }, parse),
  );
  return { answer: evaluationOf(rows, readPosition, judging), readPosition };
};

/** Facts are many: they stay for calls made close together, of one network or two. */
const CACHE = { room: 2, keepMs: 60_000 };
const caches = new WeakMap<ReadStore, QueryCache<NetworkEvaluation>>();

/** Loaded once for all who ask at the same position. */
export const evaluatedNetwork = async (store: ReadStore, networkId: string, gapAt: GapAt): Promise<NetworkEvaluation> => {
  const shared = caches.get(store) ?? createQueryCache<NetworkEvaluation>(CACHE);
  caches.set(store, shared);
  const { readPosition } = await store.read([riskModel], () => Promise.resolve());
  return shared({ key: networkId, readPosition, compute: () => load(store, { networkId, gapAt }) });
};

export const riskFiguresAsOf = async (
  store: ReadStore,
  { networkId, asOf }: { readonly networkId: string; readonly asOf: Instant },
  gapAt: GapAt,
): Promise<{ readonly readPosition: ReadPosition; readonly figures: readonly Computed[] }> => {
  const { readPosition, figuresAt } = await evaluatedNetwork(store, networkId, gapAt);
  return { readPosition, figures: await figuresAt(asOf) };
};
