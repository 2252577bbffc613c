import { createHash } from 'node:crypto';
import { hashableInputs, type RoundInputs } from '#matching/round-inputs';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Canonical JSON (RFC 8785) of plain values: sorted keys, no spaces. */
const canonical = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value as { readonly [key: string]: Json }).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
};

/** SHA-256 hex of the canonical inputs: the same on any machine (R18). */
export const inputHashOf = (inputs: RoundInputs): string =>
  createHash('sha256')
    .update(canonical(hashableInputs(inputs) as unknown as Json))
    .digest('hex');
