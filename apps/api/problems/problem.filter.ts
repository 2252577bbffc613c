import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER } from '../../telemetry/logging';
import { acceptedLanguage } from '../http/accepted';
import { ProblemError } from './problem';
import { problemOf } from './problem-of';

const FRAME = /^\s+at \S.*:\d+:\d+\)?$/;
const CODE = /^[A-Z0-9_]{1,40}$/;

const FAULT = { en: 'Something went wrong here; nothing was half done', fr: 'Une panne s’est produite ici ; rien n’est à moitié fait' };

/** By its name, code and place, never by its message: a person may have written what stands there. */
const traceOf = (fault: unknown) => {
  const { name, stack, code } = (fault instanceof Error ? fault : new Error('unknown')) as Error & { code?: unknown };
  const at = stack?.split('\n').filter((line) => FRAME.test(line));
  return { fault: name, ...(typeof code === 'string' && CODE.test(code) ? { code } : {}), at: at?.slice(0, 6) };
};

/** As problem+json, in the language that the request accepts, with the id that the log's line has. */
export const writeProblem = (reply: FastifyReply, { id, headers }: FastifyRequest, problem: ProblemError): void => {
  const language = acceptedLanguage(headers['accept-language']) ?? 'en';
  const body = problem.in(language, id);
  void reply
    .status(body.status)
    .headers({ ...problem.headers, 'content-language': language, vary: 'accept-language' })
    .type('application/problem+json')
    .send(JSON.stringify(body));
};

/** Every error leaves as problem+json; of a fault, only the log tells more. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Pick<Logger, 'error'>) {}

  catch(fault: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    writeProblem(reply, request, problemOf(fault) ?? this.unforeseen(fault, request));
  }

  private unforeseen(fault: unknown, { id }: FastifyRequest): ProblemError {
    this.logger.error({ reqId: id, context: 'Fault', ...traceOf(fault) });
    return new ProblemError({ status: 500, code: 'fault', title: FAULT });
  }
}
