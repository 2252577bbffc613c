import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Envelope } from '#application/dispatch/envelope';
import { roundIdOf } from '#application/round/round-runner';
import { RunMatchingRound, RunMatchingRoundDto } from '#application/round/run-matching-round';
import { ListRounds, OpenRound } from '#projections/rounds/rounds.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { After, type Token } from '../../queries/consistency-token';
import { ApiRead, ApiCommand } from '../../openapi/documented';
import { EnvelopeOf } from '../../commands/envelope';
import { IdPipe } from '../../http/id.pipe';
import { problem } from '../../problems/problem';
import { QueryRunner } from '../../queries/query-runner';
import { NAMES } from '../../queries/visibility';
import { PageDto, pageOf } from '../../queries/page.dto';
import { RoundView } from './round-view';

/** Matching rounds: run, tried, listed and opened (R18). */
@Controller('networks/:networkId/rounds')
export class RoundsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reading: QueryRunner,
    private readonly view: RoundView,
  ) {}

  @Post()
  @Allow('facilitator')
  @ApiCommand('Runs a matching round; a dry run writes nothing and shows what it would propose')
  async run(@CallerOf() caller: Caller, @EnvelopeOf() envelope: Envelope, @Body() dto: RunMatchingRoundDto) {
    const answer = await this.commands.execute(new RunMatchingRound(envelope, dto));
    if (answer.outcome === 'dry-run') return { dryRun: await this.view.dry(caller, answer) };
    return { ...answer, roundId: roundIdOf(envelope) };
  }

  @Get()
  @Allow('facilitator', 'network-lead')
  @ApiRead('The network’s rounds, newest first, with what shows each again and its counts')
  list(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: PageDto) {
    return this.reading.ask(new ListRounds(networkId, pageOf(dto)), { models: ['rounds'], after });
  }

  @Get(':roundId')
  @Allow('facilitator', 'network-lead')
  @ApiRead('One round: what it found and what became of it, then what it left and why; names and wordings for a facilitator')
  async read(
    @CallerOf() caller: Caller,
    @After() after: Token | undefined,
    @Param('roundId', IdPipe) roundId: string,
    @Query() dto: PageDto,
  ) {
    const opened = await this.reading.ask(new OpenRound(caller.networkId, roundId, pageOf(dto)), { models: ['rounds', ...NAMES], after });
    if (!opened.round) throw problem(404, 'round-not-found', { en: 'There is no such round', fr: 'Ce tour d’appariement n’existe pas' });
    return this.view.recorded(caller, opened);
  }
}
