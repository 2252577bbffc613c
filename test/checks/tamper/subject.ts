import { checkTree } from '#audit/following/check-tree';
import { leafHashOf } from '#audit/leaf';
import { verifyConsistency, verifyInclusion } from '#audit/merkle/verify';
import { openCheckpoint } from '#audit/notes/checkpoint';
import { witnessed } from '#audit/witnessing/witness';

/** What is under test: the self-test puts a faulty one in the place of each. */
export interface Subject {
  readonly leafHashOf: typeof leafHashOf;
  readonly checkTree: typeof checkTree;
  readonly verifyInclusion: typeof verifyInclusion;
  readonly verifyConsistency: typeof verifyConsistency;
  readonly openCheckpoint: typeof openCheckpoint;
  readonly witnessed: typeof witnessed;
}

export const product: Subject = { leafHashOf, checkTree, verifyInclusion, verifyConsistency, openCheckpoint, witnessed };

/** `undetected`: an alteration that nothing told; `misplaced`: told at another place; `acceptedForged`: a forgery that was taken. */
export type Count = 'undetected' | 'misplaced' | 'acceptedForged';
export interface TamperFinding {
  readonly count: Count;
  readonly what: string;
}
