import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Position } from '#event-store/log.port';
import { problem } from './problem';

const POSITION = /^\d{20}$/;

/** `?after=<position>`: the answer is from there or later, or comes as 504 after five seconds. */
export const After = createParamDecorator((_: unknown, context: ExecutionContext): Position | undefined => {
  const { after } = context.switchToHttp().getRequest<FastifyRequest>().query as { after?: unknown };
  if (after === undefined) return undefined;
  if (typeof after !== 'string' || !POSITION.test(after))
    throw problem(400, 'malformed', 'The request is malformed', {
      errors: [{ field: 'after', message: 'a position as a command answered it: 20 digits' }],
    });
  return after as Position;
});
