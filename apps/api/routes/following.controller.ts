import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Clock } from '#kernel/clock';
import type { StreamName } from '#kernel/id';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS, CLOCK, NETWORK_FACTS } from '#application/dispatch/tokens';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import type { ExchangeId, MatchId } from '#domain/ids';
import { queueThen } from '#projections/dated-queries';
import { ListExchanges, ReadExchangeHistory } from '#projections/exchange-history/exchange-history.queries';
import { ReadMatchQueue } from '#projections/match-queue/match-queue.queries';
import { ReadMatch } from '#projections/member-page/match.queries';
import { ReadMemberPage } from '#projections/member-page/member-page.queries';
import { Allow, CallerOf, type Caller } from '../../installation/access';
import { After, type Token } from '../queries/consistency-token';
import { ApiRead, ApiLongRunning, ApiAfter, ApiConditionalGet } from '../openapi/documented';
import { revisionAt, unlessKnown } from '../http/etag';
import { IdPipe } from '../http/id.pipe';
import { AsOfQueries } from '../queries/as-of-queries';
import { QueryRunner } from '../queries/query-runner';
import { refused } from '../problems/refusals';
import { NAMES, Seeing } from '../queries/seeing';
import { PageDto, pageOf } from './page.dto';
import { PastPageDto } from './past-page.dto';

const STATUSES = ['agreed', 'in-progress', 'held', 'closed', 'cancelled', 'interrupted'] as const;

export class ExchangesDto extends PageDto {
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: (typeof STATUSES)[number];
}

/** What somebody follows: their own page, what waits, their matches and exchanges. */
@ApiTags('following')
@Controller('networks/:networkId')
export class FollowingController {
  constructor(
    private readonly reading: QueryRunner,
    private readonly past: AsOfQueries,
    private readonly seeing: Seeing,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log'>,
  ) {}

  @Get()
  @Allow('member', 'facilitator', 'network-lead', 'hr', 'auditor', 'operator', 'data-protection-officer', 'dashboard')
  @ApiRead('The network: its label, policy, charter version and time zone')
  async network(@CallerOf() { networkId }: Caller) {
    const facts = await this.facts.of(networkId);
    if (!facts) throw refused({ code: 'network-not-found' });
    const { label, policy, policyVersion, charterVersion, timeZone, defaultLanguage } = facts;
    return { networkId, label, policy, policyVersion, charterVersion, timeZone, defaultLanguage };
  }

  @Get('members/me')
  @Allow('member')
  @ApiRead('One’s own page: profile, offers, requests, matches, exchanges')
  @ApiConditionalGet()
  async mine(
    @CallerOf() { networkId, actor }: Caller,
    @After() after: Token | undefined,
    @Query() dto: PageDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const query = new ReadMemberPage(networkId, actor.id, pageOf(dto));
    return unlessKnown(reply, await this.reading.ask(query, { models: ['member-page', 'personal-text'], after }));
  }

  @Get('match-queue')
  @Allow('facilitator', 'network-lead', 'data-protection-officer', 'mediator', 'member')
  @ApiRead(
    'What waits for whom, since when, and why; facilitators see all, but not whose evaluation is in (R15), everybody else what waits for them and for their roles',
  )
  @ApiLongRunning()
  async queue(@CallerOf() caller: Caller, @After() after: Token | undefined, @Query() dto: PastPageDto) {
    const { networkId, actor, roles } = caller;
    const everybody = actor.role === 'facilitator';
    const filter = everybody ? { own: actor.id } : { who: [actor.id, ...roles] };
    const question = (now: string) => new ReadMatchQueue(networkId, filter, { ...pageOf(dto), now, allScoreParts: everybody });
    if (dto.asOf !== undefined) return this.seeing.queue(caller, await this.past.ask(queueThen, { asOf: dto.asOf, roles, question }));
    return this.seeing.queue(caller, await this.reading.ask(question(this.clock.now()), { models: ['match-queue', ...NAMES], after }));
  }

  @Get('matches/:matchId')
  @Allow('facilitator', 'member', 'mediator')
  @ApiRead('One match, for those who take part and its mediator; for a facilitator without its agreement')
  @ApiAfter()
  @ApiConditionalGet()
  async match(
    @CallerOf() caller: Caller,
    @After() after: Token | undefined,
    @Param('matchId', IdPipe) matchId: MatchId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const query = new ReadMatch(caller.networkId, matchId, await this.seeing.viewer(caller));
    const answer = await this.reading.ask(query, { models: NAMES, after });
    if (!answer.match) throw refused({ code: 'match-not-found' });
    const revision = await revisionAt(this.ports.log, `match-${matchId}` as StreamName, answer.standing.position);
    return unlessKnown(reply, answer, revision);
  }

  @Get('exchanges')
  @Allow('member', 'mediator')
  @ApiRead('One’s own exchanges, as a participant or the mediator')
  async exchanges(@CallerOf() caller: Caller, @After() after: Token | undefined, @Query() dto: ExchangesDto) {
    const filter = { memberId: caller.actor.id, ...(dto.status ? { status: dto.status } : {}) };
    const query = new ListExchanges(caller.networkId, filter, pageOf(dto));
    const { exchanges, ...page } = await this.reading.ask(query, { models: ['exchange-history', ...NAMES], after });
    const seen = await this.seeing.exchanges(caller, exchanges);
    return { ...page, exchanges: seen.map(({ exchange: { agreedBy: _, ...summary } }) => summary) };
  }

  @Get('exchanges/:exchangeId')
  @Allow('facilitator', 'member', 'mediator')
  @ApiRead('One exchange, with its history, for those who take part and its mediator; for a facilitator without texts and evaluations')
  @ApiAfter()
  @ApiConditionalGet()
  async exchange(
    @CallerOf() caller: Caller,
    @After() after: Token | undefined,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asker = { as: 'participant', ...(await this.seeing.viewer(caller)) } as const;
    const query = new ReadExchangeHistory(caller.networkId, exchangeId, asker, this.clock.now());
    const { standing, exchange, tellsAnswers } = await this.reading.ask(query, { models: ['exchange-history', ...NAMES], after });
    const [seen] = exchange ? await this.seeing.exchanges(caller, [exchange]) : [];
    if (!seen) throw refused({ code: 'exchange-not-found' });
    const stream = `exchange-${exchangeId}` as StreamName;
    const revision = tellsAnswers ? await revisionAt(this.ports.log, stream, standing.position) : undefined;
    return unlessKnown(reply, { standing, ...seen }, revision);
  }
}
