import { appendFile, mkdir, open, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Instant } from '#kernel/id';
import { KeysProblem } from './keys-problem';
import { ErasureNotEntered } from './keys.port';
import { BrokenLedger, checkLedger, firstLine, linesAfter, type CheckedLedger, type ErasedKeys, type LedgerEntry } from './ledger-lines';
import type { LedgerSigner } from './ledger-signature';

/** The erasure ledger apart from the database: whoever brings back older keys cannot bring back whom they were destroyed for (R19). */
export interface LedgerFile {
  readonly path: string;
  /** Null where there is none. @throws KeysProblem where it is not as it was written, or another installation's */
  read(): Promise<readonly LedgerEntry[] | null>;
  /** A new one without an entry, whole or not at all; where `read` found none. */
  begin(): Promise<void>;
  /**
   * On the disk before it answers; the moment under which they stand there. Whoever calls sees to it that nobody else does meanwhile.
   * @throws ErasureNotEntered where it is not as it was written, is missing or cannot be written: at work, that is no end but a wait
   */
  enter(erased: readonly ErasedKeys[], now: Instant): Promise<Instant>;
  /** Lines that another place knows of, with the moments that they have there. */
  add(entries: readonly LedgerEntry[]): Promise<void>;
}

const flushFolder = async (path: string): Promise<void> => {
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
};

/** Later than every line before, whichever machine's clock is behind: of two erasures of one stream it is told which came last. */
const after = (entries: readonly LedgerEntry[], now: Instant): Instant => {
  const last = entries.reduce((latest, { at }) => (at > latest ? at : latest), '');
  return last < now ? now : (new Date(Date.parse(last) + 1).toISOString() as Instant);
};

const sentenceOf = (path: string, { line, isOfAnother }: BrokenLedger): KeysProblem =>
  isOfAnother
    ? new KeysProblem(`The erasure ledger ${path} is another installation’s: give the master key that it was begun by, or its own file.`)
    : new KeysProblem(`The erasure ledger ${path} is not as it was written, from line ${line} on: put its newest copy in its place.`, 65);

export const missingLedger = (path: string): KeysProblem =>
  new KeysProblem(
    `There is no erasure ledger at ${path}: put its newest copy there; where there never was one, begin it by \`savoirs data erasures ${path}\`.`,
  );

/** @example const ledger = ledgerFile('/elsewhere/erasures', ledgerSigner(masterKey)); */
export const ledgerFile = (path: string, signer: LedgerSigner): LedgerFile => {
  const check = (text: string): CheckedLedger => {
    try {
      return checkLedger(text, signer);
    } catch (fault) {
      throw fault instanceof BrokenLedger ? sentenceOf(path, fault) : fault;
    }
  };
  const checked = async (): Promise<CheckedLedger | null> => {
    const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return null;
      throw new KeysProblem(`The erasure ledger ${path} cannot be read (${fault.code ?? fault.name}): mend that, then start again.`);
    });
    return text === null ? null : check(text);
  };
  /** After the last whole line, in the place of one that was cut off. */
  const write = async ({ lastHash, wholeBytes }: CheckedLedger, entries: readonly LedgerEntry[]): Promise<void> => {
    await truncate(path, wholeBytes);
    await appendFile(path, linesAfter(lastHash, entries, signer), { flush: true });
  };
  const present = async (): Promise<CheckedLedger> => {
    const found = await checked();
    if (found === null) throw missingLedger(path);
    return found;
  };
  return {
    path,
    read: async () => (await checked())?.entries ?? null,
    begin: async () => {
      const fresh = `${path}.partial`;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(fresh, `${firstLine(signer)}\n`, { mode: 0o600, flush: true });
      await rename(fresh, path);
      await flushFolder(path);
    },
    enter: async (erased, now) => {
      try {
        const found = await present();
        const at = after(found.entries, now);
        await write(
          found,
          erased.map(({ network, member, stream }) => ({ network, member, stream, at })),
        );
        return at;
      } catch (fault) {
        const { code, name } = fault as NodeJS.ErrnoException;
        throw new ErasureNotEntered(fault instanceof KeysProblem ? fault.message : (code ?? name));
      }
    },
    add: async (entries) => write(await present(), entries),
  };
};
