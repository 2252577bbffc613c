import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Position } from '#event-store/log.port';
import { fieldRule } from '../problems/field-rules';
import { malformed, problem } from '../problems/problem';

/** A place in one log, as people carry it: 20 digits, a dot, and the first eight digits of the log's id. Those of one log are ordered. */
const TOKEN = /^(\d{20})(?:\.([0-9a-f]{8}))?$/;
export const AFTER = { pattern: TOKEN, message: 'after must be a position as a command answered it' } as const;

export interface Token {
  readonly position: Position;
  /** Null in a bare position, which names no log. */
  readonly log: string | null;
}

const nameOf = (logId: string): string => logId.slice(0, 8);

export const tokenOf = (position: Position, logId: string): string => `${position}.${nameOf(logId)}`;

/** A log that was copied or restored has another id: a token of another log says nothing here. @throws ProblemError 410 */
export const positionIn = ({ position, log }: Token, logId: string): Position => {
  if (log !== null && log !== nameOf(logId))
    throw problem(410, 'another-log', {
      en: 'This position is of another log: ask without it',
      fr: 'Cette position est d’un autre journal : demandez sans elle',
    });
  return position;
};

/** Null for what is no token. */
export const tokenFrom = (text: string): Token | null => {
  const [, position, log = null] = TOKEN.exec(text) ?? [];
  return position === undefined ? null : { position: position as Position, log };
};

/** `?after=<position>`: the answer is from there or later, or comes as 504 after five seconds. */
export const After = createParamDecorator((_: unknown, context: ExecutionContext): Token | undefined => {
  const { after } = context.switchToHttp().getRequest<FastifyRequest>().query as { after?: unknown };
  if (after === undefined) return undefined;
  const token = typeof after === 'string' ? tokenFrom(after) : null;
  if (token === null) throw malformed({ field: 'after', message: fieldRule(AFTER.message, 'after') });
  return token;
});
