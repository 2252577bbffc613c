import { contentHash, leafText, textHash, type LoggedEvent } from '#audit/leaf';
import { leafHash, nodeHash, sameHash, type Hash } from '#audit/merkle/hashing';
import { readCheckpointText } from '#audit/notes/checkpoint';
import { readNote, signNote } from '#audit/notes/signed-note';
import type { Mutant } from '../runner/self-test';
import { product, type Subject } from './subject';

/** Events of the log in a self-test. */
export const SMALL_LOG = 32;

interface SubjectMutant extends Mutant {
  /** In the place of what is right. */
  readonly faulty: Partial<Subject>;
}

const leafWith =
  (alter: (event: LoggedEvent) => LoggedEvent): Subject['leafHashOf'] =>
  (event, ordinal) =>
    product.leafHashOf(alter(event), ordinal);

const contentOnly: Subject['leafHashOf'] = (event, ordinal) =>
  leafHash(leafText({ ...event, revision: 0 }, ordinal, contentHash(textHash(''), textHash(event.data))));

/** The way up without a look at where it must end. */
const climbed = (index: number, size: number, [leaf, ...proof]: readonly [Hash, ...Hash[]]): Hash => {
  let [place, last, computed] = [index, size - 1, leaf];
  for (const sibling of proof) {
    computed = place % 2 === 1 || place === last ? nodeHash(sibling, computed) : nodeHash(computed, sibling);
    while (place === last && place % 2 === 0 && place !== 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return computed;
};

/** The one that is told, and all at which a claim may have been made before it was changed. */
const places = (index: number, size: number): ReadonlySet<number> =>
  new Set([index, ...Array.from({ length: Math.min(size, 40) }, (_, at) => at)]);

const unverified = (whole: string) => {
  const note = readNote(whole);
  return { ...readCheckpointText(note.text), note, signers: [] };
};

const checked =
  (alter: (found: Awaited<ReturnType<Subject['checkTree']>>) => Awaited<ReturnType<Subject['checkTree']>>): Subject['checkTree'] =>
  async (parts) =>
    alter(await product.checkTree(parts));

/** Bugs in the leaf, the proofs, the check, the notes and the witness. */
export const mutants: readonly SubjectMutant[] = [
  { bug: 'a leaf forgets the metadata and the revision', faulty: { leafHashOf: contentOnly } },
  { bug: 'a leaf forgets the text', faulty: { leafHashOf: leafWith((event) => ({ ...event, data: '' })) } },
  { bug: 'a leaf forgets the type’s version', faulty: { leafHashOf: leafWith((event) => ({ ...event, version: 1 })) } },
  {
    bug: 'a leaf takes texts in small letters',
    faulty: { leafHashOf: leafWith((event) => ({ ...event, meta: event.meta.toLowerCase() })) },
  },
  {
    bug: 'a leaf is not told from a longer stream’s name and a shorter id',
    faulty: { leafHashOf: leafWith(({ stream, eventId, ...event }) => ({ ...event, eventId, stream: stream.slice(0, -1) as never })) },
  },
  {
    bug: 'an inclusion is not held against the root',
    faulty: { verifyInclusion: ({ size }, { index }) => index < size },
  },
  {
    bug: 'an inclusion takes any leaf whose proof is empty',
    faulty: { verifyInclusion: (head, claim) => claim.proof.length <= 1 || product.verifyInclusion(head, claim) },
  },
  {
    bug: 'an inclusion forgets that hashes have a length',
    faulty: {
      verifyInclusion: ({ size, root }, { index, leafHash: leaf, proof }) =>
        index < size &&
        sameHash(climbed(index, size, [leaf, ...proof.map((hash) => Buffer.concat([hash, Buffer.alloc(32)]).subarray(0, 32))]), root),
    },
  },
  {
    bug: 'an inclusion does not look at the place',
    faulty: {
      verifyInclusion: (head, claim) =>
        [...places(claim.index, head.size)].some((index) => product.verifyInclusion(head, { ...claim, index })),
    },
  },
  {
    bug: 'a consistency proof leads to the new root alone',
    faulty: {
      verifyConsistency: (old, head, proof) =>
        product.verifyConsistency(old, head, proof) || (proof.length > 0 && old.size <= head.size && head.size % 2 === 1),
    },
  },
  {
    bug: 'two checkpoints of one size are the same',
    faulty: { verifyConsistency: (old, head, proof) => old.size === head.size || product.verifyConsistency(old, head, proof) },
  },
  {
    bug: 'a check leaves out the log’s last event',
    faulty: {
      checkTree: checked((found) => ({ ...found, firstDifference: found.firstDifference === SMALL_LOG ? null : found.firstDifference })),
    },
  },
  {
    bug: 'a check tells the event before',
    faulty: { checkTree: checked((found) => ({ ...found, firstDifference: found.firstDifference && found.firstDifference - 1 })) },
  },
  {
    bug: 'a check does not see that the log ends too early',
    faulty: { checkTree: checked((found) => (found.events < SMALL_LOG ? { ...found, firstDifference: null, wrong: [] } : found)) },
  },
  { bug: 'a check believes the checkpoints', faulty: { checkTree: checked((found) => ({ ...found, wrong: [] })) } },
  {
    bug: 'a check holds the last checkpoint alone against the log',
    faulty: { checkTree: checked((found) => ({ ...found, wrong: found.wrong.slice(-1) })) },
  },
  { bug: 'a checkpoint is taken without a signature', faulty: { openCheckpoint: unverified } },
  {
    bug: 'a checkpoint is taken by the name of its key alone',
    faulty: {
      openCheckpoint: (whole, log) => {
        const opened = unverified(whole);
        if (!opened.note.signatures.some(({ name }) => name === log.name)) throw new Error('unsigned');
        return opened;
      },
    },
  },
  {
    bug: 'a witness signs whatever the log signed',
    faulty: { witnessed: ({ key, now }, { checkpoint }) => signNote(key, readNote(checkpoint).text, now) },
  },
  {
    bug: 'a witness believes the size at which a request begins',
    faulty: { witnessed: (parts, request) => product.witnessed(request.old === 0 ? { ...parts, last: null } : parts, request) },
  },
];
