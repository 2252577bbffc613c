import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Instant } from '#kernel/id';
import type { Installation } from '../../installation/installation';
import { LOOPBACK } from '../../installation/settings';
import { holding, type TokenVerifier, type Verified } from '../auth/tokens';
import { problem } from '../problems/problem';
import { Attempts } from './attempts';
import { cookieName, cookiesOf, dropCookie, setCookie } from './cookies';
import { Provider, SignInFailed, type LetIn, type Reason } from './provider';

/** Who is signed in, by the cookie of a request. */
export interface SignedIn {
  readonly verified: Verified;
  readonly expiresAt: Instant;
}

export interface SignInParts {
  readonly installation: Pick<Installation, 'settings' | 'signInSessions' | 'signInSealing' | 'clock'>;
  readonly verifier: TokenVerifier;
  readonly logger: Pick<Logger, 'warn'>;
  /** That browsers use. */
  readonly origin: () => string;
}

interface Found {
  readonly id: string;
  readonly letIn: LetIn;
  readonly isStale: boolean;
}

const HARMLESS = /^(GET|HEAD)$/;
/** What lasts longer than a request asks again after so long, so that who signed out, or lost a role, does not go on reading. */
const ASK_AGAIN_MS = 15 * 60_000;
const SWEEP_MS = 3_600_000;

const random = (): string => randomBytes(32).toString('base64url');

/** Sign-in of people with a browser: they come back from the provider with a code, and from then on bring a cookie. */
export class SignIn {
  private readonly provider: Provider | null;
  private readonly attempts: Attempts;
  private readonly sweeping: NodeJS.Timeout;

  constructor(private readonly parts: SignInParts) {
    const { settings, signInSealing, signInSessions } = parts.installation;
    this.provider = settings.signIn && new Provider(settings.signIn, settings.tokens, parts.verifier, parts.origin);
    this.attempts = new Attempts(signInSealing, parts.origin, () => this.now());
    this.sweeping = setInterval(() => void signInSessions.sweep().catch(() => undefined), SWEEP_MS).unref();
  }

  stop(): void {
    clearInterval(this.sweeping);
  }

  /** Tells one person from another, and nothing about either. */
  tagOf({ subject }: Pick<Verified, 'subject'>): string {
    return this.parts.installation.signInSealing.tag(subject);
  }

  get isAvailable(): boolean {
    return this.provider !== null;
  }

  /** Sends them to the provider. */
  async begin(request: FastifyRequest, reply: FastifyReply, returnTo: string): Promise<string> {
    return this.orFailed(request, async (provider) => {
      const elsewhere = this.otherNameOfThisMachine(request);
      if (elsewhere) return `${elsewhere}/sign-in?${new URLSearchParams({ returnTo }).toString()}`;
      const [state, verifier, nonce] = [random(), random(), random()];
      const address = await provider.address({ state, verifier, nonce });
      this.attempts.keep(request, reply, state, { verifier, nonce, returnTo });
      return address;
    });
  }

  /** They come back: answers where they wanted to go. */
  async finish(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    return this.orFailed(request, async (provider) => {
      const query = request.url.split('?', 2)[1] ?? '';
      const state = new URLSearchParams(query).get('state') ?? '';
      const attempt = this.attempts.take(request, reply, state);
      if (!attempt) throw new SignInFailed('too-old');
      const letIn = await provider.letIn(query, { state, ...attempt });
      await this.endOf(request);
      const { id, endsAt } = await this.sessions.begin(JSON.stringify(letIn));
      const seconds = Math.floor((Date.parse(endsAt) - this.now()) / 1000);
      setCookie(reply, { name: this.cookie(), value: id, seconds, origin: this.parts.origin() });
      return attempt.returnTo;
    });
  }

  /** Ends the session here; answers where it ends at the provider, too. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<string | null> {
    this.refuseFromElsewhere(request);
    await this.endOf(request);
    dropCookie(reply, this.cookie(), this.parts.origin());
    return this.provider ? this.provider.signOutAt().catch((fault: unknown) => this.told(request, fault) && null) : null;
  }

  /** Null where no running session's cookie came. @throws ProblemError where another site sends it */
  async of(request: FastifyRequest, { isUse }: { readonly isUse: boolean }): Promise<SignedIn | null> {
    const id = this.idOf(request);
    if (id === undefined) return null;
    this.refuseFromElsewhere(request);
    const session = await this.sessions.find(id);
    if (!session) return null;
    const letIn = await this.present(request, { id, letIn: JSON.parse(session.content) as LetIn, isStale: session.isStale });
    if (!letIn) return null;
    if (isUse) await this.sessions.use(id);
    const expiresAt = session.endsAt < session.idleAt ? session.endsAt : session.idleAt;
    return { verified: holding(letIn.subject, letIn.claims, Math.min(Date.parse(session.endsAt), this.now() + ASK_AGAIN_MS)), expiresAt };
  }

  /** With the roles of by now; whom the provider no longer lets in is signed out here, too. */
  private async present(request: FastifyRequest, { id, letIn, isStale }: Found): Promise<LetIn | null> {
    const { refreshToken } = letIn;
    if (!isStale || refreshToken === null || !this.provider || !(await this.sessions.claim(id))) return letIn;
    try {
      const anew = await this.provider.letInAgain({ ...letIn, refreshToken });
      if (anew) await this.sessions.replace(id, JSON.stringify(anew));
      else await this.sessions.end(id);
      return anew;
    } catch (fault) {
      this.told(request, fault);
      return letIn;
    }
  }

  /** A browser says from where a request comes; one that does not, says at least the origin of what may change something. */
  private refuseFromElsewhere({ method, headers }: FastifyRequest): void {
    if (HARMLESS.test(method)) return;
    const site = headers['sec-fetch-site'];
    if (site === undefined ? headers.origin === this.parts.origin() : site === 'same-origin') return;
    throw problem(403, 'cross-site-request', {
      en: 'This request comes from another site',
      fr: 'Cette requête vient d’un autre site',
    });
  }

  private async endOf(request: FastifyRequest): Promise<void> {
    const id = this.idOf(request);
    if (id !== undefined) await this.sessions.end(id);
  }

  private async orFailed(request: FastifyRequest, where: (provider: Provider) => Promise<string>): Promise<string> {
    try {
      if (!this.provider) throw new SignInFailed('not-set-up');
      return await where(this.provider);
    } catch (fault) {
      return `/sign-in-failed?reason=${this.told(request, fault)}`;
    }
  }

  /** By its codes alone. @throws what is no fault of a sign-in */
  private told({ id: reqId }: FastifyRequest, fault: unknown): Reason {
    if (!(fault instanceof SignInFailed)) throw fault;
    const { reason, code } = fault;
    this.parts.logger.warn({ reqId, reason, ...(code === undefined ? {} : { code }) }, 'sign-in failed');
    return reason;
  }

  /** A cookie belongs to one name: `localhost` and `127.0.0.1` are two, and the provider sends people back to one of them. */
  private otherNameOfThisMachine({ headers }: FastifyRequest): string | null {
    const [asked, ours] = [headers.host?.replace(/:\d+$/, '') ?? '', new URL(this.parts.origin()).hostname];
    return LOOPBACK.test(asked) && LOOPBACK.test(ours) && asked !== ours ? this.parts.origin() : null;
  }

  private now(): number {
    return Date.parse(this.parts.installation.clock.now());
  }

  private idOf(request: FastifyRequest): string | undefined {
    return cookiesOf(request).get(this.cookie());
  }

  private cookie(): string {
    return cookieName('savoirs', this.parts.origin());
  }

  private get sessions(): Installation['signInSessions'] {
    return this.parts.installation.signInSessions;
  }
}
