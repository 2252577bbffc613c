import { SubCommand } from '../verb-decorators';
import { openCheckpoint } from '#audit/notes/checkpoint';
import { NoteRefused, readNote, signersOf, writeNote } from '#audit/notes/signed-note';
import type { LogTree } from '../../installation/log-tree';
import { withInstallation } from '../installation-of';
import { say } from '../output';
import { badData } from '../usage';
import { Verb } from '../verb';
import { textOf } from './input';

/** The kept note with these signatures, each once; null: none of them is a known witness's. @throws NoteRefused */
const withSignatures = ({ key, witnesses }: LogTree, note: string, lines: string): string | null => {
  const { text, signatures } = readNote(note);
  const given = readNote(`${text}\n${lines.endsWith('\n') ? lines : `${lines}\n`}`);
  const known = signersOf(given, witnesses);
  const others = signatures.filter((one) => !known.some(({ name, id }) => name === one.name && id.equals(one.id)));
  const added = given.signatures.filter((one) => known.some(({ name, id }) => name === one.name && id.equals(one.id)));
  const cosigned = writeNote({ text, signatures: [...others, ...added] });
  return openCheckpoint(cosigned, key, witnesses).signers.length > 1 && known.length > 0 ? cosigned : null;
};

@SubCommand({
  name: 'cosign',
  arguments: '<file>',
  description: 'Put a witness’s signature, as it answered it, under the checkpoint that it signed (- for stdin)',
})
export class AuditCosignVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.only(given, 1);
    const lines = await textOf('The argument', given[0] ?? '');
    await withInstallation(async ({ tree }) => {
      if (tree.witnesses.length === 0) throw badData('No witness is known here: name its public key in SAVOIRS_AUDIT_WITNESSES.');
      for (const checkpoint of [...(await tree.store.checkpoints())].reverse()) {
        const note = (() => {
          try {
            return withSignatures(tree, checkpoint.note, lines);
          } catch (fault) {
            if (fault instanceof NoteRefused) return null;
            throw fault;
          }
        })();
        if (note === null) continue;
        await tree.store.keep({ size: checkpoint.size, note });
        await tree.folder?.keep({ size: checkpoint.size, note });
        return say(`The checkpoint of ${checkpoint.size} events has the signature.`);
      }
      throw badData('This is no signature of a known witness under a checkpoint of this log.');
    });
  }
}
