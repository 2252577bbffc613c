import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import { CLOCK } from '#application/dispatch/tokens';
import type { Dated } from '#projections/dated-queries';
import { TooManyAsOf } from '#read-store/as-of/as-of-eviction';
import type { Until } from '#read-store/as-of/log-position';
import type { ReadPosition } from '#read-store/read-store.port';
import type { PersonRole } from '../../installation/access';
import { RUNTIME, type Running } from '../../telemetry/health.controller';
import { positionIn } from './consistency-token';
import { needsOneOf, ProblemError } from '../problems/problem';
import type { AsOfMoment } from './as-of-moment';
import { LOG_ID, withToken, WAIT_MS } from './query-runner';
import { LongRunningJobs } from './long-running-jobs';

/** Folding the log is dear, and who has left or chosen otherwise since stands in the past: for those who steer and help, not for everybody. */
const READERS: readonly PersonRole[] = ['facilitator', 'network-lead', 'hr', 'dashboard'];

export interface AskedThen<Question> {
  readonly asOf: AsOfMoment;
  readonly roles: readonly PersonRole[];
  /** `now`: the moment that is asked of. */
  readonly question: (now: Instant) => Question;
}

/** Asks a query of the past. What has to be built first goes on after the request; who asks again finds it. */
@Injectable()
export class AsOfQueries {
  constructor(
    private readonly underway: LongRunningJobs,
    @Inject(RUNTIME) private readonly running: Pick<Running, 'installation'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WAIT_MS) private readonly waitMs: number,
    @Inject(LOG_ID) private readonly logId: string,
  ) {}

  /** @throws ProblemError 503 `under-way` with the progress */
  async ask<Question, Answer extends { readonly readPosition: ReadPosition }>(
    { model, answer }: Dated<Question, Answer>,
    { asOf, roles, question }: AskedThen<Question>,
  ): Promise<Answer> {
    if (!READERS.some((role) => roles.includes(role))) throw needsOneOf(READERS, 'asOf ');
    const { asOf: past, readStore, topics } = this.running.installation;
    const now = this.clock.now();
    const until = this.placeOf(asOf, now);
    // R24. What is recorded by then is not known yet: the present says what is known so far.
    if ('date' in until && until.date >= now) return withToken(await answer({ store: readStore, topics }, question(now)));
    const name = model.projection.name;
    const key = `as of ${name} ${'position' in until ? until.position : until.date}`;
    // Built first, by whoever asks of this place; then each reads their own.
    await this.underway.join(key, this.waitMs, (about) => past.read(model, until, () => Promise.resolve(), about)).catch(said);
    return past
      .read(model, until, ({ store, place }) =>
        answer({ store, topics }, question('date' in until ? until.date : (place.recordedAt ?? now))),
      )
      .then(withToken, said);
  }

  private placeOf(asOf: AsOfMoment, now: Instant): Exclude<Until, 'head' | { readonly eventId: string }> {
    return 'date' in asOf ? { date: asOfOrNow(asOf.date, now) } : { position: positionIn(asOf, this.logId) };
  }
}

const said = (fault: unknown): never => {
  if (!(fault instanceof TooManyAsOf)) throw fault;
  const title = {
    en: 'Too many past versions are in use: ask again in a minute',
    fr: 'Trop de versions passées sont en usage : redemandez dans une minute',
  };
  throw new ProblemError({ status: 503, code: 'too-much-at-once', title }, { 'retry-after': '60' });
};
