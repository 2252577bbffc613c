import type { ClientBase } from 'pg';
import type { Manifest } from './manifest';

/** Processes get other numbers where they are restored: their rows wait here until these are given. */
const STAGED: Readonly<Record<string, string>> = {
  'read.projection': 'restored_projection',
  'read.process_row': 'restored_process_row',
  'read.due': 'restored_due',
  'read.parked': 'restored_parked',
};

export const stagedName = (table: string): string => STAGED[table] ?? table;

export const stageProcesses = async (client: ClientBase): Promise<void> => {
  for (const [table, staged] of Object.entries(STAGED))
    await client.query(`create temporary table ${staged} on commit drop as select * from ${table} with no data`);
};

/** What processes have set aside waits for its operator here, too. */
const PARKED = [
  ...['unknown', 'key', 'position', 'event_id', 'type', 'stream', 'revision', 'state', 'fault', 'attempts', 'parked_at'],
  ...['due', 'due_at', 'answered', 'silent'],
] as const;

export const columnsOfProcesses = ({ files }: Manifest): readonly string[] | null =>
  files.flatMap(({ tables }) => tables).find(({ table }) => table === 'read.projection')?.columns ?? null;

const numbered = (columns: string, staged: string, owner = 'process'): string =>
  `select now_here.id, ${columns} from ${staged} s
   join restored_projection before on before.id = s.${owner}
   join read.projection now_here on now_here.name = before.name and now_here.version = before.version`;

/**
 * Processes stand where they stood, with their rows and due times: as after a crash at that moment. Read models that were made here
 * already stand at the beginning of what was an empty log: at the beginning of this one, too.
 */
export const placeProcesses = async (client: ClientBase, columns: readonly string[] | null, logId: string): Promise<void> => {
  await client.query(`delete from read.projection where name like 'process/%'`);
  await client.query('update read.projection set log_id = $1', [logId]);
  if (columns === null) return;
  const own = columns.filter((name) => name !== 'id').join(', ');
  await client.query(`insert into read.projection (${own}, log_id) select ${own}, $1 from restored_projection order by id`, [logId]);
  await client.query(`insert into read.process_row (process, key, row) ${numbered('s.key, s.row', 'restored_process_row')}`);
  await client.query(
    `insert into read.due (process, key, name, at, network, correlation, causation)
     ${numbered('s.key, s.name, s.at, s.network, s.correlation, s.causation', 'restored_due')}`,
  );
  await client.query(
    `insert into read.parked (projection, ${PARKED.join(', ')}) ${numbered(PARKED.map((name) => `s.${name}`).join(', '), 'restored_parked', 'projection')}`,
  );
};
