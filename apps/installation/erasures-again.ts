import type { Pool } from 'pg';
import { ledgerFile } from '#keys/ledger-file';
import type { LedgerEntry } from '#keys/ledger-lines';
import { ledgerSigner } from '#keys/ledger-signature';
import type { ErasureLedger } from '#keys/keys.port';
import type { Replay } from '#keys/replay-erasures';
import type { ClearTexts } from '#read-store/clear-texts.port';

export interface ErasuresAgain {
  readonly replay: Replay;
  /** Rewrites the files, where something was carried out again. */
  finish(keys: Pick<ErasureLedger, 'scrub'>): Promise<void>;
}

interface Parts {
  readonly path: string;
  readonly masterKey: Uint8Array;
  readonly pool: Pool;
  readonly texts: ClearTexts;
  readonly warn: (sentence: string) => void;
}

const hasTexts = async (pool: Pool): Promise<boolean> =>
  (await pool.query<{ made: boolean }>(`select to_regclass('read.personal_text') is not null as made`)).rows[0]?.made === true;

/** What the ledger of erasures makes of a start: keys and clear texts that an older copy of the database brought back go again (R19). */
export const erasuresAgain = ({ path, masterKey, pool, texts, warn }: Parts): ErasuresAgain => {
  let again = 0;
  const onErased = async (erased: readonly LedgerEntry[]): Promise<void> => {
    again = erased.length;
    if (!(await hasTexts(pool))) return;
    for (const { network, member, stream } of erased)
      await texts.erase({ network, members: member === null ? [] : [member], streams: stream === null ? [] : [stream] });
  };
  return {
    replay: { ledger: ledgerFile(path, ledgerSigner(masterKey)), onErased },
    finish: async (keys) => {
      if (again === 0) return;
      warn(`${again} erasures of the ledger ${path} were not in this database, and were carried out again: it is an older copy.`);
      if ((!(await hasTexts(pool)) || (await texts.scrub())) && (await keys.scrub())) return;
      warn('Its files still hold what was destroyed, as somebody reads it: the next erasure rewrites them.');
    },
  };
};
