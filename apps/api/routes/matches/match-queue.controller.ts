import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { Clock } from '#kernel/clock';
import { CLOCK } from '#application/dispatch/tokens';
import { queueThen } from '#projections/dated-queries';
import { ReadMatchQueue } from '#projections/match-queue/match-queue.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { ApiLongRunning, ApiRead } from '../../openapi/documented';
import { AsOfQueries } from '../../queries/as-of-queries';
import { After, type Token } from '../../queries/consistency-token';
import { PastPageDto, pageOf } from '../../queries/page.dto';
import { QueryRunner } from '../../queries/query-runner';
import { NAMES, Visibility } from '../../queries/visibility';

/** What waits for whom. */
@Controller('networks/:networkId/match-queue')
export class MatchQueueController {
  constructor(
    private readonly reading: QueryRunner,
    private readonly past: AsOfQueries,
    private readonly visibility: Visibility,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('facilitator', 'network-lead', 'data-protection-officer', 'mediator', 'member')
  @ApiRead(
    'What waits for whom, since when, and why; facilitators see all, but not whose evaluation is in (R15), everybody else what waits for them and for their roles',
  )
  @ApiLongRunning()
  async read(@CallerOf() caller: Caller, @After() after: Token | undefined, @Query() dto: PastPageDto) {
    const { networkId, actor, roles } = caller;
    const everybody = actor.role === 'facilitator';
    const filter = everybody ? { own: actor.id } : { who: [actor.id, ...roles] };
    const question = (now: string) => new ReadMatchQueue(networkId, filter, { ...pageOf(dto), now, allScoreParts: everybody });
    if (dto.asOf !== undefined) return this.visibility.queue(caller, await this.past.ask(queueThen, { asOf: dto.asOf, roles, question }));
    return this.visibility.queue(caller, await this.reading.ask(question(this.clock.now()), { models: ['match-queue', ...NAMES], after }));
  }
}
