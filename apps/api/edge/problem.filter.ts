import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LogUnavailable } from '#event-store/log.port';
import { BadCursor } from '#read-store/cursor';
import { WaitTimedOut } from '#read-store/read-store.port';
import { ProblemError, type Problem } from './problem';

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'A valid bearer token is needed',
  403: 'This role may not do that',
  404: 'There is nothing here',
  405: 'This method does not exist here',
  408: 'The request took too long to arrive',
  413: 'The request is too large',
  415: 'Send application/json',
  429: 'Too many requests: wait a moment',
  503: 'The service is not ready',
};

const CODES: Readonly<Record<number, string>> = {
  400: 'malformed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  415: 'not-json',
  429: 'too-many-requests',
  503: 'unavailable',
};

const ofStatus = (status: number): Omit<Problem, 'type'> => ({
  status,
  code: CODES[status] ?? 'http-error',
  title: TITLES[status] ?? 'The request was refused',
});

const known = (fault: unknown): ProblemError | null => {
  if (fault instanceof ProblemError) return fault;
  if (fault instanceof BadCursor) return new ProblemError({ ...ofStatus(400), errors: [{ field: 'cursor', message: fault.message }] });
  if (fault instanceof WaitTimedOut)
    return new ProblemError(
      { status: 504, code: 'not-there-yet', title: 'The read model has not reached this position in time: ask again' },
      { 'retry-after': '1' },
    );
  if (fault instanceof LogUnavailable) return new ProblemError(ofStatus(503), { 'retry-after': '1' });
  if (fault instanceof HttpException) return new ProblemError(ofStatus(fault.getStatus()));
  const status = (fault as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? new ProblemError(ofStatus(status)) : null;
};

/** Every error leaves as problem+json; a fault is logged by its name and place, never by texts that a person wrote. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Fault');

  catch(fault: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const { problem, headers } = known(fault) ?? this.unforeseen(fault);
    const body: Problem = { type: `urn:savoirs:problem:${problem.code}`, ...problem, instance: request.id };
    void reply
      .status(problem.status)
      .headers({ ...headers, 'cache-control': 'no-store' })
      .type('application/problem+json')
      .send(body);
  }

  private unforeseen(fault: unknown): ProblemError {
    const { name, stack } = fault instanceof Error ? fault : new Error('unknown');
    this.logger.error({
      fault: name,
      at: stack
        ?.split('\n')
        .filter((line) => line.trimStart().startsWith('at '))
        .slice(0, 6),
    });
    return new ProblemError({ status: 500, code: 'fault', title: 'Something went wrong here; nothing was half done' });
  }
}
