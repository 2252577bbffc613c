import type { Hash } from '#audit/merkle/hashing';
import { consistencyProof } from '#audit/merkle/proofs';
import { openCheckpoint } from '#audit/notes/checkpoint';
import { nodesIn } from '#audit/tiles/tile-reader';
import { logKey, witnessKeys, type SignedLog } from './signed-log';
import type { Subject, TamperFinding } from './subject';

/** Every way to take each hash from one proof or from the other. */
const mixed = (one: readonly Hash[], other: readonly Hash[]): readonly (readonly Hash[])[] =>
  one.length === 0
    ? [[]]
    : mixed(one.slice(1), other.slice(1)).flatMap((rest) => [
        [one[0]!, ...rest],
        [other[0]!, ...rest],
      ]);

const proofIn = ({ store, events }: SignedLog, old: number, size: number): Promise<readonly Hash[]> =>
  consistencyProof(nodesIn(store.tile, events.length), old, size);

/** The log's own key signed two histories that part in the middle: no proof leads from the one to the other. */
export const forgedMiddle = async (
  subject: Subject,
  honest: SignedLog,
  forked: SignedLog,
  forkedAt: number,
): Promise<readonly TamperFinding[]> => {
  const findings: TamperFinding[] = [];
  for (const { size: old, note } of honest.checkpoints.filter(({ size }) => size > forkedAt)) {
    for (const next of forked.checkpoints.filter(({ size }) => size >= old)) {
      const [from, to] = [openCheckpoint(note, logKey), openCheckpoint(next.note, logKey)];
      const proofs = mixed(await proofIn(honest, old, next.size), await proofIn(forked, old, next.size));
      if (proofs.some((proof) => subject.verifyConsistency(from, to, proof)))
        findings.push({ count: 'acceptedForged', what: `from ${old} to ${next.size} of another history` });
    }
  }
  return findings;
};

const signs = ({ witnessed }: Subject, last: string, request: Parameters<Subject['witnessed']>[1]): boolean => {
  try {
    return (witnessed({ log: logKey, key: witnessKeys[0]!, last, now: 0 }, request), true);
  } catch {
    return false;
  }
};

/** Two witnesses are shown two histories: neither signs the other's afterwards, nor an older checkpoint, nor one from nothing. */
export const splitView = async (
  subject: Subject,
  honest: SignedLog,
  forked: SignedLog,
  forkedAt: number,
): Promise<readonly TamperFinding[]> => {
  const findings: TamperFinding[] = [];
  const taken = (what: string): void => void findings.push({ count: 'acceptedForged', what });
  for (const [mine, other] of [
    [honest, forked],
    [forked, honest],
  ] as const) {
    for (const last of mine.checkpoints.filter(({ size }) => size > forkedAt)) {
      for (const next of other.checkpoints) {
        const old = Math.min(last.size, next.size);
        for (const proof of [[], await proofIn(other, old, next.size), await proofIn(mine, old, next.size)])
          for (const claimed of new Set([last.size, old, 0]))
            if (signs(subject, last.note, { old: claimed, proof, checkpoint: next.note }))
              taken(`a witness of ${last.size} signs ${next.size} of the other`);
      }
      const older = mine.checkpoints.find(({ size }) => size < last.size);
      if (older && signs(subject, last.note, { old: last.size, proof: [], checkpoint: older.note })) taken('a witness goes back');
    }
  }
  return findings;
};
