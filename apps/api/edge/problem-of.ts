import { HttpException } from '@nestjs/common';
import { isLostServer } from '#postgres/lost-server';
import { ComputationStopped } from '#read-store/aside';
import { BadCursor } from '#read-store/cursor';
import { NotAtOnePosition } from '#read-store/comparison';
import { BuildRefused } from '#read-store/cut-over';
import { ParkedRefused } from '#read-store/parked-queue';
import { NotActive, WaitTimedOut } from '#read-store/read-store.port';
import { KeysUnavailable } from '../auth/tokens';
import { ProblemError, type Problem } from './problem';

const LINES: Readonly<Record<number, readonly [code: string, title: string]>> = {
  400: ['malformed', 'The request is malformed'],
  401: ['unauthenticated', 'A valid bearer token is needed'],
  403: ['forbidden', 'This role may not do that'],
  404: ['not-found', 'There is nothing here'],
  405: ['method-not-allowed', 'This method does not exist here'],
  408: ['too-slow', 'The request took too long to arrive'],
  413: ['too-large', 'The request is too large'],
  414: ['too-large', 'The address is too long'],
  415: ['not-json', 'Send application/json'],
  429: ['too-many-requests', 'Too many requests: wait a moment'],
  431: ['too-large', 'The headers are too large'],
  503: ['unavailable', 'The service is not ready'],
};

const lineOf = (status: number): Omit<Problem, 'type'> => {
  const [code, title] = LINES[status] ?? ['http-error', 'The request was refused'];
  return { status, code, title };
};

/** What the framework refuses, by its status alone: its messages repeat what was sent. */
export const problemOfStatus = (status: number, headers: Readonly<Record<string, string>> = {}): ProblemError =>
  new ProblemError(lineOf(status), headers);

const statusOf = (fault: unknown): number | null => {
  const status = fault instanceof HttpException ? fault.getStatus() : (fault as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
};

const UNKNOWN = /^(unknown-|nothing-parked)/;
const SOON = { 'retry-after': '1' };
const LATER = { 'retry-after': '10' };

/** Null: a fault, which nobody foresaw. */
export const problemOf = (fault: unknown): ProblemError | null => {
  if (fault instanceof ProblemError) return fault;
  if (fault instanceof BadCursor) return new ProblemError({ ...lineOf(400), errors: [{ field: 'cursor', message: fault.message }] });
  if (fault instanceof WaitTimedOut)
    return new ProblemError(
      { status: 504, code: 'not-there-yet', title: 'The read model has not reached this position in time: ask again' },
      SOON,
    );
  if (fault instanceof BuildRefused || fault instanceof ParkedRefused)
    return new ProblemError({ status: UNKNOWN.test(fault.code) ? 404 : 409, code: fault.code, title: fault.message });
  if (fault instanceof NotAtOnePosition)
    return new ProblemError(
      { status: 409, code: 'not-at-one-position', title: 'Its builds do not stand at one position: ask again' },
      SOON,
    );
  if (fault instanceof NotActive)
    return new ProblemError({ status: 503, code: 'being-built', title: 'This read model is being built: ask again later' }, LATER);
  if (fault instanceof KeysUnavailable || fault instanceof ComputationStopped || isLostServer(fault)) return problemOfStatus(503, SOON);
  const status = statusOf(fault);
  return status === null ? null : problemOfStatus(status);
};
