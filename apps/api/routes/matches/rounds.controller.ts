import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Envelope } from '#application/dispatch/envelope';
import { ROUND_RUNNER, RUNNING_ROUNDS } from '#application/dispatch/tokens';
import { roundIdOf } from '#application/round/round-runner';
import { RunMatchingRound, RunMatchingRoundDto } from '#application/round/run-matching-round';
import type { RunningRounds } from '#application/round/running-rounds';
import type { RoundRunner } from '#application/round-runner.port';
import type { RoundId } from '#domain/ids';
import { ListRounds, OpenRound } from '#projections/rounds/rounds.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { After, type Token } from '../../queries/consistency-token';
import { ApiCommand, ApiLongRunning, ApiRead } from '../../openapi/documented';
import { EnvelopeOf } from '../../commands/envelope';
import { IdPipe } from '../../http/id.pipe';
import { problem } from '../../problems/problem';
import { LongRunningJobs } from '../../queries/long-running-jobs';
import { QueryRunner, WAIT_MS } from '../../queries/query-runner';
import { NAMES } from '../../queries/visibility';
import { PageDto, pageOf } from '../../queries/page.dto';
import { roundNotFound } from './round-not-found';
import { RoundView } from './round-view';

const notRunning = () =>
  problem(404, 'round-not-running', {
    en: 'No such round is under way here, or it is being recorded',
    fr: 'Ce tour d’appariement n’est pas en cours ici, ou il est en train d’être enregistré',
  });

/** Matching rounds: run, tried, stopped, listed, opened and run again (R18). */
@Controller('networks/:networkId/rounds')
export class RoundsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reading: QueryRunner,
    private readonly view: RoundView,
    private readonly jobs: LongRunningJobs,
    @Inject(ROUND_RUNNER) private readonly runner: RoundRunner,
    @Inject(RUNNING_ROUNDS) private readonly running: RunningRounds,
    @Inject(WAIT_MS) private readonly waitMs: number,
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

  @Get('running')
  @Allow('facilitator', 'network-lead')
  @ApiRead('The rounds that this process has under way, and how far they are; what others run, they tell')
  underWay(@CallerOf() { networkId }: Caller) {
    return { rounds: this.running.of(networkId) };
  }

  @Post('running/:roundId/stop')
  @Allow('facilitator')
  @ApiRead('Stops a round that is under way: nothing of it is recorded. Whoever asked for it is told')
  stop(@CallerOf() { networkId }: Caller, @Param('roundId', IdPipe) roundId: RoundId) {
    if (!this.running.stop(networkId, roundId)) throw notRunning();
    return { stopped: roundId };
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
    if (!opened.round) throw roundNotFound();
    return this.view.recorded(caller, opened);
  }

  @Get(':roundId/replay')
  @Allow('facilitator', 'network-lead')
  @ApiRead(
    'Runs a recorded round again, from the log, and says whether it comes to the same byte for byte, or why it cannot be compared (R18)',
  )
  @ApiLongRunning()
  async replay(@CallerOf() { networkId }: Caller, @Param('roundId', IdPipe) roundId: RoundId) {
    const { round } = await this.reading.ask(new OpenRound(networkId, roundId, { limit: 1 }), { models: ['rounds'], after: undefined });
    if (!round) throw roundNotFound();
    const replayed = await this.jobs.join(`replay ${roundId}`, this.waitMs, ({ signal, tell }) =>
      this.runner.replay(roundId, { signal, enter: async (phase) => tell({ share: null, told: phase }) }),
    );
    return { roundId, ...replayed };
  }
}
