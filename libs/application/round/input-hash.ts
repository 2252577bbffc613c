import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel/canonical-json';
import { hashableInputs, type RoundInputs } from '#matching/round-inputs';

/** SHA-256 hex of the canonical inputs: the same on any machine (R18). */
export const inputHashOf = (inputs: RoundInputs): string =>
  createHash('sha256')
    .update(canonicalJson(hashableInputs(inputs)))
    .digest('hex');
