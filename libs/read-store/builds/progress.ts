import type { Pool } from 'pg';
import { START, type EventLog, type Position } from '#event-store/log.port';
import { selectBuilds, type BuildState, type ModelName } from '../checkpoints/projection-table';
import { versionIn, type ModelVersions } from '../fold/model-versions';
import { controlTables } from '../tables/table-names';

/** How far one build is, in events that concern it. */
export interface Progress extends ModelName {
  readonly serves: BuildState;
  readonly paused: boolean;
  readonly position: Position;
  /** Taken since its beginning. */
  readonly done: number;
  readonly toDo: {
    readonly events: number;
    /** The log cannot count, or there are more than it counted: reckoned from how far the position is. */
    readonly estimated: boolean;
  };
  /** At the pace of lately, and as many of its own among the log's as so far. */
  readonly eventsPerSecond: number;
  /** Until it is where the log ends now, at the pace of lately and how far that wavers; null where it does not move. */
  readonly secondsLeft: { readonly least: number; readonly most: number } | null;
  /** What stopped it by itself last, until it has caught up again; names no person and no text. */
  readonly fault: string | null;
}

const COLUMNS = [
  ...(['name', 'version', 'build', 'state', 'paused', 'position', 'fault'] as const),
  ...(['handled', 'pace', 'paceSpread', 'stillMs'] as const),
];

export interface ProgressParts {
  readonly pool: Pool;
  readonly log: Pick<EventLog, 'head' | 'count'>;
  readonly schema: string;
  readonly lines: readonly ModelVersions[];
}

const COUNTED = 1_000_000;
/** A pace that is older says nothing of what is left. */
const STILL_MS = 15_000;

/** Of every living build of one name, or of all. */
export const progressOf = async ({ pool, log, schema, lines }: ProgressParts, name?: string): Promise<readonly Progress[]> => {
  const head = await log.head();
  const names = name === undefined ? lines.map((line) => line.name) : [name];
  const rows = await selectBuilds(pool, controlTables(schema), { columns: COLUMNS, names });
  return Promise.all(
    rows.map(async ({ handled: done, pace, paceSpread: spread, stillMs, state: serves, ...row }) => {
      const { position, paused } = row;
      const toDo = await leftFor(log, { head, position, done, types: versionIn(lines, row)?.consumerOf(row.build).types });
      const moves = stillMs < STILL_MS && pace > 0 && !paused;
      const eventsPerSecond = moves ? Math.round((pace * done) / Math.max(distance(START, position), 1)) : 0;
      const left = toDo.events === 0 ? 0 : distance(position, head);
      return { ...row, serves, done, toDo, eventsPerSecond, secondsLeft: left === 0 || moves ? secondsFor(left, { pace, spread }) : null };
    }),
  );
};

/** Positions are ordered digits: their difference is as good as a number of events, of which some concern a build. */
const distance = (from: Position, to: Position): number => Number(BigInt(to) - BigInt(from));

const secondsFor = (positions: number, { pace, spread }: { readonly pace: number; readonly spread: number }) =>
  positions === 0
    ? { least: 0, most: 0 }
    : { least: Math.round(positions / (pace + spread)), most: Math.round(positions / Math.max(pace - spread, pace / 4)) };

interface Stand {
  readonly head: Position;
  readonly position: Position;
  readonly done: number;
  readonly types: ReadonlySet<string> | 'all' | undefined;
}

const leftFor = async (log: ProgressParts['log'], { head, position, done, types }: Stand): Promise<Progress['toDo']> => {
  if (position >= head) return { events: 0, estimated: false };
  const filter = types === undefined || types === 'all' ? {} : { filter: { types: [...types].sort() } };
  const counted = await log.count?.({ after: position, limit: COUNTED, ...filter });
  if (counted !== undefined && counted < COUNTED) return { events: counted, estimated: false };
  return { events: Math.max(counted ?? 1, reckoned({ head, position, done })), estimated: true };
};

/** The part of the log that lies before a position has about that part of the events. */
const reckoned = ({ head, position, done }: Pick<Stand, 'head' | 'position' | 'done'>): number =>
  position === START ? 0 : Math.round((done * distance(position, head)) / distance(START, position));
