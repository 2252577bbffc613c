import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Clock } from '#kernel/clock';
import type { StreamName } from '#kernel/id';
import type { ApplicationPorts } from '#application/application.module';
import { idFrom } from '#application/dispatch/derived-ids';
import type { Envelope } from '#application/dispatch/envelope';
import { APPLICATION_PORTS, CLOCK } from '#application/dispatch/tokens';
import { CancelExchange, CancelExchangeDto } from '#application/exchange/cancel-exchange';
import { ConfirmHeld } from '#application/exchange/confirm-held';
import { DisputeExchange, DisputeExchangeDto } from '#application/exchange/dispute-exchange';
import { DropOut, DropOutDto } from '#application/exchange/drop-out';
import { InterruptExchange, InterruptExchangeDto } from '#application/exchange/interrupt-exchange';
import { SettleDispute, SettleDisputeDto } from '#application/exchange/settle-dispute';
import { SettleHeld, SettleHeldDto } from '#application/exchange/settle-held';
import type { DisputeId, ExchangeId, MemberId } from '#domain/ids';
import { ListExchanges, ReadExchangeHistory } from '#projections/exchange-history/exchange-history.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { EnvelopeOf } from '../../commands/envelope';
import { revisionAt, unlessKnown } from '../../http/etag';
import { IdPipe } from '../../http/id.pipe';
import { ApiAfter, ApiCommand, ApiConditionalGet, ApiRead } from '../../openapi/documented';
import { refused } from '../../problems/refusals';
import { After, type Token } from '../../queries/consistency-token';
import { PageDto, pageOf } from '../../queries/page.dto';
import { QueryRunner } from '../../queries/query-runner';
import { NAMES, Visibility } from '../../queries/visibility';

const STATUSES = ['agreed', 'in-progress', 'held', 'closed', 'cancelled', 'interrupted'] as const;

export class ExchangesDto extends PageDto {
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: (typeof STATUSES)[number];
}

/** The learning in real life: read, held or ended. */
@Controller('networks/:networkId/exchanges')
export class ExchangesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reading: QueryRunner,
    private readonly visibility: Visibility,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log' | 'codec'>,
  ) {}

  @Get()
  @Allow('member', 'mediator')
  @ApiRead('One’s own exchanges, as a participant or the mediator')
  async list(@CallerOf() caller: Caller, @After() after: Token | undefined, @Query() dto: ExchangesDto) {
    const filter = { memberId: caller.actor.id, ...(dto.status ? { status: dto.status } : {}) };
    const query = new ListExchanges(caller.networkId, filter, pageOf(dto));
    const { exchanges, ...page } = await this.reading.ask(query, { models: ['exchange-history', ...NAMES], after });
    const seen = await this.visibility.exchanges(caller, exchanges);
    return { ...page, exchanges: seen.map(({ exchange: { agreedBy: _, ...summary } }) => summary) };
  }

  @Get(':exchangeId')
  @Allow('facilitator', 'member', 'mediator')
  @ApiRead('One exchange, with its history, for those who take part and its mediator; for a facilitator without texts and evaluations')
  @ApiAfter()
  @ApiConditionalGet()
  async read(
    @CallerOf() caller: Caller,
    @After() after: Token | undefined,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asker = { as: 'participant', ...(await this.visibility.viewer(caller)) } as const;
    const query = new ReadExchangeHistory(caller.networkId, exchangeId, asker, this.clock.now());
    const { readPosition, exchange, tellsAnswers } = await this.reading.ask(query, { models: ['exchange-history', ...NAMES], after });
    const [seen] = exchange ? await this.visibility.exchanges(caller, [exchange]) : [];
    if (!seen) throw refused({ code: 'exchange-not-found' });
    const stream = `exchange-${exchangeId}` as StreamName;
    const revision = tellsAnswers ? await revisionAt(this.ports.log, stream, readPosition.position) : undefined;
    return unlessKnown(reply, { readPosition, ...seen }, revision);
  }

  @Post(':exchangeId/held-confirmation')
  @Allow('member')
  @ApiCommand('Confirms that the exchange was held (R12)')
  confirmHeld(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId) {
    return this.commands.execute(new ConfirmHeld(envelope, exchangeId));
  }

  @Post(':exchangeId/held-settlement')
  @Allow('facilitator', 'mediator')
  @ApiCommand('Settles a one-sided report (R12)')
  settleHeld(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: SettleHeldDto) {
    return this.commands.execute(new SettleHeld(envelope, exchangeId, dto));
  }

  @Post(':exchangeId/cancellation')
  @Allow('facilitator', 'member', 'mediator')
  @ApiCommand('Cancels before it is held')
  cancel(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: CancelExchangeDto) {
    return this.commands.execute(new CancelExchange(envelope, exchangeId, dto));
  }

  @Post(':exchangeId/participants/:memberId/drop-out')
  @Allow('member')
  @ApiCommand('Drops out; the others go on while a giver and a learner remain')
  dropOut(
    @EnvelopeOf() envelope: Envelope,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Param('memberId', IdPipe) memberId: MemberId,
    @Body() dto: DropOutDto,
  ) {
    return this.commands.execute(new DropOut(envelope, exchangeId, memberId, dto));
  }

  @Post(':exchangeId/interruption')
  @Allow('facilitator', 'member', 'mediator')
  @ApiCommand('Interrupts it')
  interrupt(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: InterruptExchangeDto) {
    return this.commands.execute(new InterruptExchange(envelope, exchangeId, dto));
  }

  @Post(':exchangeId/disputes')
  @Allow('member', 'mediator')
  @ApiCommand('Opens a dispute')
  async dispute(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: DisputeExchangeDto) {
    return {
      disputeId: idFrom(envelope.commandId, 'dispute'),
      ...(await this.commands.execute(new DisputeExchange(envelope, exchangeId, dto))),
    };
  }

  @Post(':exchangeId/disputes/:disputeId/settlement')
  @Allow('facilitator')
  @ApiCommand('Settles a dispute')
  settleDispute(
    @EnvelopeOf() envelope: Envelope,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Param('disputeId', IdPipe) disputeId: DisputeId,
    @Body() dto: SettleDisputeDto,
  ) {
    return this.commands.execute(new SettleDispute(envelope, exchangeId, disputeId, dto));
  }
}
