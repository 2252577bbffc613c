import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '#kernel/clock';
import type { Envelope } from '#application/dispatch/envelope';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { CLOCK, NETWORK_FACTS } from '#application/dispatch/tokens';
import { StartRetentionRun, StartRetentionRunDto } from '#application/retention/start-retention-run';
import { nextMonthStart } from '#domain/weeks';
import { ListRetentionRuns } from '#projections/retention/retention-runs.queries';
import { PreviewRetention } from '#projections/retention/retention.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { EnvelopeOf } from '../../commands/envelope';
import { ApiCommand, ApiRead } from '../../openapi/documented';
import { refused } from '../../problems/refusals';
import { After, type Token } from '../../queries/consistency-token';
import { PageDto, pageOf } from '../../queries/page.dto';
import { QueryRunner } from '../../queries/query-runner';

/** What is kept for as long as the policy says, and then ends by itself (R19). */
@Controller('networks/:networkId/retention-runs')
export class RetentionRunsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reading: QueryRunner,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('data-protection-officer')
  @ApiRead('Retention runs, newest first: since when, by whom, up to when they looked, what they ended so far')
  list(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: PageDto) {
    return this.reading.ask(new ListRetentionRuns(networkId, pageOf(dto)), { models: ['retention-runs'], after });
  }

  @Get('preview')
  @Allow('data-protection-officer')
  @ApiRead('A dry run: what a retention run would end now, by ids, longest due first; what keeps the rest; when the next one begins')
  async preview(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: PageDto) {
    const facts = await this.facts.of(networkId);
    if (!facts) throw refused({ code: 'network-not-found' });
    const now = this.clock.now();
    const query = new PreviewRetention(networkId, { policy: facts.policy, now }, pageOf(dto));
    const { isApproved, ...preview } = await this.reading.ask(query, { models: ['kept-texts', 'retention-runs'], after });
    return { ...preview, nextRunAt: isApproved ? nextMonthStart(now, facts.timeZone) : null };
  }

  @Post()
  @Allow('data-protection-officer')
  @ApiCommand(
    'Starts a retention run, by the periods that were shown; from then on one begins each month, as long as the policy says the same',
  )
  start(@EnvelopeOf() envelope: Envelope, @Body() dto: StartRetentionRunDto) {
    return this.commands.execute(new StartRetentionRun(envelope, dto));
  }
}
