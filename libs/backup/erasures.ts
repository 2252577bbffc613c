import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { BackupRefused } from './backup-refused';
import { sealed, unsealed } from './manifest';

export const ERASURES_FILE = 'erasures.json';

/** A line of the erasure ledger: opaque ids alone. */
export interface Erased {
  readonly network: string;
  /** Null where the keys of a stream went. */
  readonly member: string | null;
  readonly stream: string | null;
  readonly keys: number;
  readonly at: string;
}

/** Who was erased up to a moment, in the installation that a master key belongs to. */
export interface LedgerFile {
  readonly masterKey: string;
  readonly takenAt: string;
  readonly erasures: readonly Erased[];
}

export const erasuresNow = async (client: ClientBase): Promise<readonly Erased[]> => {
  const made = await client.query<{ made: boolean }>(`select to_regclass('keys.erasure') is not null as made`);
  if (made.rows[0]?.made !== true) return [];
  const { rows } = await client.query<Erased>(
    `select network, member, stream, keys, to_char(erased_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
     from keys.erasure order by erasure_id`,
  );
  return rows;
};

export const ledgerText = (ledger: LedgerFile): string => sealed('erasures', ledger);

/** A ledger's file, or a backup's folder, which holds one. @throws BackupRefused in one sentence that names it */
export const readLedger = async (path: string): Promise<LedgerFile> => {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? join(path, ERASURES_FILE) : path;
  const text = await readFile(file, 'utf8').catch(() => {
    throw new BackupRefused(`${file} cannot be read: name a file that \`savoirs data erasures\` wrote, or the folder of a later backup.`);
  });
  return unsealed<LedgerFile>('erasures', text, file);
};

const lineOf = ({ network, member, stream, at }: Erased): string => JSON.stringify([network, member, stream, at]);
const whoseOf = ({ network, member, stream }: Erased): string => JSON.stringify([network, member, stream]);

/**
 * What the later ledger has besides: those whose keys were not destroyed at that moment or later. A line may have been entered twice, where
 * a crash came between the ledger and the keys. @throws BackupRefused where it is no later one of the same installation
 */
export const erasedSince = (before: LedgerFile, later: LedgerFile, path: string): readonly Erased[] => {
  if (later.masterKey !== before.masterKey)
    throw new BackupRefused(`${path} is of another installation: its master key is not this backup’s.`);
  const told = new Set(later.erasures.map(lineOf));
  if (later.takenAt < before.takenAt || before.erasures.some((one) => !told.has(lineOf(one))))
    throw new BackupRefused(`${path} is older than the backup: it cannot tell who was erased since.`);
  const last = new Map<string, string>();
  for (const one of before.erasures) if (one.at > (last.get(whoseOf(one)) ?? '')) last.set(whoseOf(one), one.at);
  return later.erasures.filter((one) => (last.get(whoseOf(one)) ?? '') < one.at);
};

const COLUMNS = ['network', 'member', 'stream', 'keys', 'at'] as const;
const GIVEN = `unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::timestamptz[]) with ordinality as given (${COLUMNS.join(', ')}, place)`;

const valuesOf = (lines: readonly Erased[]): readonly (readonly unknown[])[] => COLUMNS.map((column) => lines.map((line) => line[column]));

/** Writes the lines into the ledger, in their order. */
export const enterErasures = async (client: ClientBase, lines: readonly Erased[]): Promise<void> => {
  await client.query(
    `insert into keys.erasure (network, member, stream, keys, erased_at) select network, member, stream, keys, at from ${GIVEN} order by place`,
    [...valuesOf(lines)],
  );
};

/** Who never had a key here gets a row that says erased: it cannot be made later. */
const STEPS = [
  `insert into keys.data_key (key_id, network, member, erased_at)
   select gen_random_uuid(), network, member, min(at) from ${GIVEN} where member is not null group by network, member
   on conflict (network, member, stream) do nothing`,
  `update keys.data_key k set wrapped = null, erased_at = given.at from ${GIVEN}
   where k.wrapped is not null and k.network = given.network and (k.member = given.member or k.stream = given.stream)`,
  `delete from keys.identity i using ${GIVEN} where i.network = given.network and i.member = given.member`,
];

/** Carries out again what was erased since the keys here were copied: all of them are older than these lines. */
export const eraseAgain = async (client: ClientBase, lines: readonly Erased[]): Promise<void> => {
  for (const step of STEPS) await client.query(step, [...valuesOf(lines)]);
  await enterErasures(client, lines);
};
