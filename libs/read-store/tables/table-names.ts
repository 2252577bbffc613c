import { createHash } from 'node:crypto';

/** Where the tables lie; a rebuild for comparison takes another. */
export const READ_SCHEMA = 'read';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const NAMES = {
  projection: 'projection',
  evidence: 'evidence',
  personalText: 'personal_text',
  scrub: 'scrub',
  processRow: 'process_row',
  due: 'due',
  folded: 'folded',
  parked: 'parked',
  change: 'change',
  changeFloor: 'change_floor',
  logMark: 'log_mark',
  asOf: 'as_of',
  reportView: 'report_view',
} as const;

/** The control tables' names, quoted and with their schema, as SQL takes them. */
export type ControlTables = Readonly<Record<keyof typeof NAMES | 'schema', string>>;

export const controlTables = (schema: string = READ_SCHEMA): ControlTables => {
  const within = Object.entries(NAMES).map(([table, name]) => [table, `${quoted(schema)}.${quoted(name)}`]);
  return { schema: quoted(schema), ...(Object.fromEntries(within) as Record<keyof typeof NAMES, string>) };
};

/** A projection's version in one of its builds: a rebuild of the same version is another build of it, beside the first. */
export interface Built {
  readonly name: string;
  readonly version: number;
  /** From 1 on; 1 where none is told. */
  readonly build?: number;
}

/** `training-hours` in version 1 owns `training_hours_v1`; its second build `training_hours_v1_b2`. */
export const tableName = ({ name, version, build = 1 }: Built): string =>
  `${name.replaceAll('-', '_')}_v${version}${build === 1 ? '' : `_b${build}`}`;

export const quotedTable = (of: Built, schema: string = READ_SCHEMA): string => `${quoted(schema)}.${quoted(tableName(of))}`;

export const quotedName = quoted;

/**
 * Whether PostgreSQL cleans a build's table by itself. While it is built nobody reads it: cleaned again and again, it would only take
 * the disk and a processor from those who write.
 */
export const cleanedByItself = ({ schema }: ControlTables, of: Built, byItself: boolean): string =>
  `alter table if exists ${schema}.${quoted(tableName(of))} ` +
  (byItself ? 'reset (autovacuum_enabled, toast.autovacuum_enabled)' : 'set (autovacuum_enabled = off, toast.autovacuum_enabled = off)');

/** Processes stand in the same list as read models, under this prefix. */
export const PROCESS = 'process/';

/** Stands for the columns and indexes of a build's tables: under one version they may not change. */
export const shapeOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** All was done as it would be, and taken back: nothing stands in the way. */
export class DryRunDone extends Error {}
