import type { Bundle } from '#audit/bundle/bundle';
import { makeBundle } from '#audit/bundle/make-bundle';
import { readNote, signNote, writeNote } from '#audit/notes/signed-note';
import type { SeededRandom } from '#apps/demo/seeded-random';
import { logKey, witnessKeys, type SignedLog } from '../tamper/signed-log';

const withheld = ({ type }: { readonly type: string }): boolean => type === 'EvaluationSubmitted';

/** Of some of a log’s events, signed by none, one or two witnesses. */
export const bundleOf = async ({ log, store, events, checkpoints }: SignedLog, chance: SeededRandom): Promise<Bundle> => {
  const last = checkpoints.at(-1)!;
  const { text, signatures } = readNote(last.note);
  const witnesses = witnessKeys.slice(0, chance.whole(0, witnessKeys.length));
  const note = writeNote({ text, signatures: [...signatures, ...witnesses.map((key) => signNote(key, text, 1_700_000_000_000))] });
  const some = chance.shuffled(events).slice(0, chance.whole(1, 6));
  const parts = { log, store, key: logKey, witnesses, checkpoints: [{ ...last, note }], withheld };
  return makeBundle(parts, some);
};
