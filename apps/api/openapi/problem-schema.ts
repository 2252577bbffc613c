import { ruleUrl } from '../problems/problem';
import { refusalCodes } from '../problems/refusals';
import type { Schema } from './checked-schemas';

/** Codes of the edge itself; all others are refusals of the domain. */
const EDGE = [
  'malformed',
  'unauthenticated',
  'forbidden',
  'not-found',
  'method-not-allowed',
  'too-slow',
  'not-json',
  'too-many-requests',
  'unavailable',
  'too-much-at-once',
  'expectation-failed',
  'unknown-outcome',
  'not-there-yet',
  'under-way',
  'not-signed-yet',
  'log-altered',
  'another-log',
  'http-error',
  'fault',
];

const text = { type: 'string' } as const;

export const PROBLEM: Schema = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `rule` names the rule of the domain, `ruleUrl` is where it is written; `errors` names fields.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: text,
    title: { ...text, description: 'For people: in French where `Accept-Language` prefers it, else in English' },
    status: { type: 'integer' },
    detail: text,
    instance: { ...text, description: 'Id of the request, as in the log' },
    code: {
      ...text,
      enum: [...refusalCodes, ...EDGE].sort(),
    },
    rule: { ...text, example: 'R12' },
    ruleUrl: { ...text, example: ruleUrl('R12') },
    errors: { type: 'array', items: { type: 'object', properties: { field: text, message: text } } },
    details: { type: 'object' },
  },
  example: {
    type: 'urn:savoirs:problem:no-session-yet',
    title: 'No session has been reported yet',
    status: 409,
    code: 'no-session-yet',
    rule: 'R12',
    ruleUrl: ruleUrl('R12'),
  },
};

export const COMMAND_ANSWER: Schema = {
  type: 'object',
  required: ['position', 'revision', 'repeated'],
  properties: {
    position: { ...text, description: 'Give it as `?after=` to a query', example: '00000000000000000042' },
    revision: { type: 'integer', example: 3 },
    repeated: { type: 'boolean', description: 'Done before, under the same Idempotency-Key' },
  },
  additionalProperties: { type: 'string', description: 'Ids of what the command made' },
};
