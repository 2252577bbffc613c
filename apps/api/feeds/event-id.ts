import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Position } from '#event-store/log.port';
import { positionIn, tokenOf, type Token } from '../queries/consistency-token';
import { fieldRule } from '../problems/field-rules';
import { malformed } from '../problems/problem';

/**
 * `<position>.<log>.<build>`, `-<mended>` where that build's rows were ever mended, and `.<detail>` where the position alone does not
 * tell where to go on: how many changes of a checkpoint are told already, or the digest of the figures that were told. Its first two
 * parts are a token as `?after=` takes it.
 */
const ID = /^(\d{20})\.([0-9a-f]{8})\.(\d{1,9})(?:-(\d{1,9}))?(?:\.([0-9a-z]{1,20}))?$/;

export interface EventId {
  readonly position: Position;
  readonly build: number;
  readonly mended: number;
  readonly detail: string | null;
}

export const eventIdOf = ({ position, build, mended, detail }: EventId, logId: string): string =>
  `${tokenOf(position, logId)}.${build}${mended === 0 ? '' : `-${mended}`}${detail === null ? '' : `.${detail}`}`;

export interface GivenId extends Token {
  readonly id: Omit<EventId, 'position'>;
}

/** @throws ProblemError 410 where it is another log's */
export const idIn = (given: GivenId, logId: string): EventId => ({ ...given.id, position: positionIn(given, logId) });

/** `Last-Event-ID`: go on after it. */
export const LastEventId = createParamDecorator((_: unknown, context: ExecutionContext): GivenId | null => {
  const given = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'];
  if (given === undefined || given === '') return null;
  const [, position, log, build, mended, detail] = (typeof given === 'string' && ID.exec(given)) || [];
  if (position === undefined || log === undefined)
    throw malformed({ field: 'Last-Event-ID', message: fieldRule('must be the id of an event of this feed') });
  return { position: position as Position, log, id: { build: Number(build), mended: Number(mended ?? 0), detail: detail ?? null } };
});
