import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sealing } from '#sign-in/sign-in-sessions.port';
import { cookieName, cookiesOf, dropCookie, setCookie } from './cookies';

/** Of one way to the provider and back, until it ends. */
export interface Attempt {
  readonly verifier: string;
  readonly nonce: string;
  readonly returnTo: string;
}

interface Kept extends Attempt {
  readonly since: number;
}

const LASTS_S = 600;
/** Each tab has one; more would not fit into a request's headers. */
const MOST = 4;
const PREFIX = 'savoirs-sign-in-';

const nameOf = (state: string, origin: string): string =>
  cookieName(`${PREFIX}${createHash('sha256').update(state).digest('hex').slice(0, 16)}`, origin);

/**
 * The browser keeps it, in a cookie that only we read and only with the state that the provider gives back: nothing lies here for who
 * never comes back, and what one browser began no other one ends.
 */
export class Attempts {
  constructor(
    private readonly sealing: Sealing,
    private readonly origin: () => string,
    private readonly now: () => number,
  ) {}

  keep(request: FastifyRequest, reply: FastifyReply, state: string, attempt: Attempt): void {
    const others = [...cookiesOf(request).keys()].filter((name) => name.startsWith(cookieName(PREFIX, this.origin())));
    for (const name of others.slice(0, Math.max(others.length - MOST + 1, 0))) dropCookie(reply, name, this.origin());
    const value = this.sealing.seal(JSON.stringify({ ...attempt, since: this.now() } satisfies Kept), state).toString('base64url');
    setCookie(reply, { name: nameOf(state, this.origin()), value, seconds: LASTS_S, origin: this.origin() });
  }

  /** Once: the browser forgets it. Null where it is unknown, or too long ago. */
  take(request: FastifyRequest, reply: FastifyReply, state: string): Attempt | null {
    const name = nameOf(state, this.origin());
    const value = cookiesOf(request).get(name);
    if (value === undefined) return null;
    dropCookie(reply, name, this.origin());
    const text = this.sealing.open(Buffer.from(value, 'base64url'), state);
    if (text === null) return null;
    const attempt = JSON.parse(text) as Kept;
    return this.now() - attempt.since > LASTS_S * 1000 ? null : attempt;
  }
}
