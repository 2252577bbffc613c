import { sql, type Transaction } from 'kysely';
import type { Instant } from '#kernel/id';
import { addDays } from '#domain/calendar';
import { weekEnds } from '#domain/weeks';
import { runInWorker } from '#read-store/worker/worker-computation';
import { eachBatch } from '#read-store/query/row-stream';
import type { ReadDatabase, ReadStore, ReadPosition } from '#read-store/read-store.port';
import { type Computed, createQueryCache, type QueryCache } from '#read-store/query/query-cache';
import type { CountedPersons, Dimension, FigureSelector, SatisfactionFigure } from './figures';
import { type EvidencePlace, type Recorded, recordedAt } from './evidence';
import type { Piece, Question } from './satisfaction.worker';
import type { SatisfactionRow } from './satisfaction.projection';
import { satisfactionModel } from './satisfaction.table';
import { timeZoneOf } from './sources';

/** Figures stand still between week ends (R15): the last one by the date answers for it. */
const lastWeekEnd = (asOf: Instant, timeZone: string): Instant => weekEnds(addDays(asOf, -8), asOf, timeZone).at(-1) ?? asOf;

const networkRows = async (tx: Transaction<ReadDatabase>, table: string, networkId: string): Promise<readonly SatisfactionRow[]> => {
  const { rows } = await sql<{ row: string }>`
    select row from ${sql.table(table)} where network_id = ${networkId} and kind = 'network'`.execute(tx);
  return rows.map(({ row }) => JSON.parse(row) as SatisfactionRow);
};

interface Week {
  readonly readPosition: ReadPosition;
  readonly networkId: string;
  readonly end: Instant;
}

const weekOf = async (store: ReadStore, networkId: string, asOf: Instant): Promise<Week> => {
  const { readPosition, result } = await store.read([satisfactionModel], async (tx, tableOf) =>
    timeZoneOf(await networkRows(tx, tableOf(satisfactionModel), networkId)),
  );
  return { readPosition, networkId, end: lastWeekEnd(asOf, result) };
};

/** Clocks differ: what one of them puts before a week's end is there a day later, and the answers of that week stand for ever. */
const isSettled = (end: Instant, { recordedAt }: ReadPosition): boolean => recordedAt !== null && recordedAt > addDays(end, 1);

type Pieces = readonly Piece[];

const compute = async (store: ReadStore, { networkId, end }: Week, asked: Omit<Question, 'asOf'>): Promise<Computed<Pieces>> => {
  let readPosition: ReadPosition | undefined;
  const answer = await runInWorker<string, Question, Piece>({
    file: require.resolve('./satisfaction.worker'),
    feed: async (take) => {
      const read = await store.read([satisfactionModel], (tx, tableOf) =>
        eachBatch(tx, { table: tableOf(satisfactionModel), networkId }, take),
      );
      readPosition = read.readPosition;
      return { asOf: end, ...asked };
    },
  });
  if (readPosition === undefined) throw new Error('answered before anything was read');
  return { answer, readPosition };
};

interface Caches {
  /** A few networks, a few past dates. */
  readonly figures: QueryCache<Pieces>;
  /** Long lists: what an auditor leafs through. */
  readonly evidence: QueryCache<Pieces>;
}

const caches = new WeakMap<ReadStore, Caches>();

const cachesOf = (store: ReadStore): Caches => {
  const known = caches.get(store) ?? { figures: createQueryCache({ room: 8 }), evidence: createQueryCache({ room: 2, keepMs: 600_000 }) };
  caches.set(store, known);
  return known;
};

const computedOnce = (store: ReadStore, week: Week, asked: Omit<Question, 'asOf'> = {}): Promise<Pieces> => {
  const { figures, evidence } = cachesOf(store);
  const { readPosition, networkId, end } = week;
  const { of, what } = asked;
  return (of === undefined ? figures : evidence)({
    key: JSON.stringify([networkId, end, of?.indicator, of?.cell, of?.closings, what]),
    readPosition,
    compute: () => compute(store, week, asked),
    isFinal: (stood) => isSettled(end, stood),
  });
};

export interface Weekly {
  readonly readPosition: ReadPosition;
  readonly figures: readonly SatisfactionFigure[];
}

/** A network's figures as of a date, in one dimension (R15): computed once a week, in a worker, and shared by all who ask. */
export const weeklyFigures = async (
  store: ReadStore,
  asked: { networkId: string; asOf: Instant; dimension: Dimension },
): Promise<Weekly> => {
  const week = await weekOf(store, asked.networkId, asked.asOf);
  const pieces = await computedOnce(store, week);
  return {
    readPosition: week.readPosition,
    figures: pieces.flatMap((piece) => ('figures' in piece && piece.dimension === asked.dimension ? piece.figures : [])),
  };
};

/** The facts behind one published figure as of a date; none behind a suppressed one. */
export const weeklyEvidence = async (
  store: ReadStore,
  asked: { networkId: string; asOf: Instant; of: FigureSelector },
): Promise<readonly EvidencePlace[]> => {
  const pieces = await computedOnce(store, await weekOf(store, asked.networkId, asked.asOf), { of: asked.of });
  return pieces.flatMap((piece) => ('places' in piece ? piece.places : []));
};

export interface Explained {
  readonly readPosition: ReadPosition;
  readonly figure: SatisfactionFigure | undefined;
  readonly counted: CountedPersons | null;
}

const dimensionOf = ({ cell }: FigureSelector): string => cell.split(':', 1)[0] ?? cell;

/** One figure as of a date, and whom it counts; nobody behind a suppressed one. */
export const weeklyExplanation = async (
  store: ReadStore,
  { networkId, asOf, of }: { networkId: string; asOf: Instant; of: FigureSelector },
): Promise<Explained> => {
  const week = await weekOf(store, networkId, asOf);
  const pieces = [...(await computedOnce(store, week)), ...(await computedOnce(store, week, { of, what: 'counted' }))];
  const figures = pieces.flatMap((piece) => ('figures' in piece && piece.dimension === dimensionOf(of) ? piece.figures : []));
  return {
    readPosition: week.readPosition,
    figure: figures.find(({ indicator, cell }) => indicator === of.indicator && cell === of.cell),
    counted: pieces.flatMap((piece) => ('counted' in piece ? (piece.counted ?? []) : []))[0] ?? null,
  };
};

/** The closings behind the network's response rate as of a date; none while it is suppressed. */
export const weeklyClosings = async (store: ReadStore, asked: { networkId: string; asOf: Instant }): Promise<readonly Recorded[]> => {
  const places = await weeklyEvidence(store, { ...asked, of: { indicator: 'responseRate', cell: 'network', closings: true } });
  return places.map(recordedAt);
};
