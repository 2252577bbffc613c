import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { Outcome } from '#application/dispatch/outcome';
import { tokenOf } from '../queries/consistency-token';
import { ProblemError } from '../problems/problem';
import { LOG_ID } from '../queries/query-runner';
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

/** Done → 200 with position and ETag; rejected → a problem with code and rule; unknown → 503: give it again under the same key. */
@Injectable()
export class OutcomeInterceptor implements NestInterceptor {
  constructor(@Inject(LOG_ID) private readonly logId: string) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((value: unknown) => (isOutcome(value) ? this.answer(value, reply) : value)));
  }

  private answer(outcome: Outcome, reply: FastifyReply): CommandAnswer {
    if (outcome.outcome === 'rejected') throw refused(outcome.refusal);
    if (outcome.outcome === 'unknown') throw new ProblemError(UNKNOWN, { 'retry-after': '1' });
    const { outcome: _, eventTypes: __, ...answer } = outcome;
    void reply.header('etag', `"${answer.revision}"`);
    return { ...answer, position: tokenOf(answer.position, this.logId) };
  }
}
