import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Outcome } from '#application/dispatch/outcome';
import { tokenOf } from '../queries/consistency-token';
import { ProblemError } from '../problems/problem';
import { refused } from '../problems/refusals';

const isOutcome = (value: unknown): value is Outcome => value !== null && typeof value === 'object' && 'outcome' in value;

/** What a command answered with, besides the ids that its route adds. */
export interface CommandAnswer {
  /** Give it as `?after=` to a query: it then answers from there or later. */
  readonly position: string;
  readonly revision: number;
  /** Done before, under the same Idempotency-Key. */
  readonly repeated: boolean;
}

const UNKNOWN = {
  status: 503,
  code: 'unknown-outcome',
  title: {
    en: 'The log did not answer: send the same request again, with the same Idempotency-Key',
    fr: 'Le journal n’a pas répondu : renvoyez la même requête, avec la même Idempotency-Key',
  },
};

const answerTo = (outcome: Outcome, reply: FastifyReply, logId: string): CommandAnswer => {
  if (outcome.outcome === 'rejected') throw refused(outcome.refusal);
  if (outcome.outcome === 'unknown') throw new ProblemError(UNKNOWN, { 'retry-after': '1' });
  const { outcome: _, eventTypes: __, position, ...answer } = outcome;
  void reply.header('etag', `"${answer.revision}"`);
  return { position: tokenOf(position, logId), ...answer };
};

/** Done → 200 with position and ETag; rejected → a problem with code and rule; unknown → 503: give it again under the same key. */
export const answerOutcomes = (server: FastifyInstance, logId: string): void => {
  server.addHook('preSerialization', (_, reply, payload: unknown, done) =>
    done(null, isOutcome(payload) ? answerTo(payload, reply, logId) : payload),
  );
};
