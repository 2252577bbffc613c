import type { ClientBase, Pool } from 'pg';
import type { Instant } from '#kernel/id';
import { inTransaction } from '#postgres/transaction';
import { eraseAgain, oneErasureAtATime } from './erasure-rows';
import { KeysProblem } from './keys-problem';
import { missingLedger, type LedgerFile } from './ledger-file';
import type { ErasedKeys, LedgerEntry } from './ledger-lines';

export interface Replay {
  readonly ledger: LedgerFile;
  /** Whoever keeps clear texts removes theirs: before the keys' tables say that they are gone. */
  readonly onErased: (erased: readonly LedgerEntry[]) => Promise<void>;
}

const nameOf = ({ network, member, stream }: ErasedKeys): string => JSON.stringify([network, member, stream]);

/** When each was erased last. */
const lastOf = (entries: readonly LedgerEntry[]): ReadonlyMap<string, string> => {
  const last = new Map<string, string>();
  for (const entry of entries) if (entry.at > (last.get(nameOf(entry)) ?? '')) last.set(nameOf(entry), entry.at);
  return last;
};

/** Those of `entries` whose keys were not destroyed at that moment or later, as `others` tell it. */
export const beyond = (entries: readonly LedgerEntry[], others: readonly LedgerEntry[]): readonly LedgerEntry[] => {
  const last = lastOf(others);
  return entries.filter((entry) => (last.get(nameOf(entry)) ?? '') < entry.at);
};

export const enteredHere = async (client: ClientBase | Pool): Promise<readonly LedgerEntry[]> => {
  const { rows } = await client.query<ErasedKeys & { at: Date }>(
    'select network, member, stream, erased_at as at from keys.erasure order by erasure_id',
  );
  return rows.map(({ at, ...erased }) => ({ ...erased, at: at.toISOString() as Instant }));
};

/** Where nobody has a key yet, nobody was erased: a first start begins the ledger. */
const begun = async (client: ClientBase, ledger: LedgerFile): Promise<readonly LedgerEntry[]> => {
  const { rowCount } = await client.query('select from keys.data_key limit 1');
  if (rowCount !== 0) throw missingLedger(ledger.path);
  await ledger.begin();
  return [];
};

/**
 * Before the first key is read: what the ledger has and the keys' tables do not know is destroyed again, whoever brought back older
 * tables, and by whatever tool. Once, however many processes start. @throws KeysProblem where the ledger is missing, altered or cut short
 */
export const replayErasures = (pool: Pool, { ledger, onErased }: Replay): Promise<readonly LedgerEntry[]> =>
  inTransaction(pool, 'begin', async (client) => {
    await oneErasureAtATime(client);
    const entries = (await ledger.read()) ?? (await begun(client, ledger));
    const here = await enteredHere(client);
    const lacking = beyond(here, entries).length;
    if (lacking > 0)
      throw new KeysProblem(
        `The erasure ledger ${ledger.path} lacks ${lacking} of the erasures that the database knows: it was cut short, or is an older copy. ` +
          `Put the newest one in its place; where none is left, add them by \`savoirs data erasures ${ledger.path}\`.`,
        65,
      );
    const again = beyond(entries, here);
    if (again.length === 0) return again;
    await onErased(again);
    for (const entry of again) await eraseAgain(client, entry);
    return again;
  });

/** For an operator: begins the ledger where there is none, and adds what the database knows besides. Never takes a line away. */
export const keepLedger = (pool: Pool, ledger: LedgerFile): Promise<readonly LedgerEntry[]> =>
  inTransaction(pool, 'begin', async (client) => {
    await oneErasureAtATime(client);
    const known = await ledger.read();
    if (known === null) await ledger.begin();
    const lacking = beyond(await enteredHere(client), known ?? []);
    if (lacking.length > 0) await ledger.add(lacking);
    return [...(known ?? []), ...lacking];
  });
