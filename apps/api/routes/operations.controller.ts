import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Envelope } from '#application/envelope';
import type { Outcome } from '#application/outcome';
import { RecordOperation, type Operation } from '#application/record-operation';
import type { Operation as Doing } from '#read-store/builds';
import { Allow } from '../auth/access';
import { Answers } from '../edge/documented';
import { EnvelopeOf } from '../edge/envelope';
import { RUNTIME, type Running } from './health.controller';
import { OperateDto, RebuildDto, RollBackDto, SwitchDto } from './operations.dto';

interface Asked {
  readonly action: Operation;
  readonly name: string;
  readonly reason: string;
}

/** What operators see of read models and their builds, and what they do to them: each act with its reason, recorded before it is done. */
@ApiTags('operations')
@Controller('networks/:networkId/operations/projections')
export class OperationsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(RUNTIME) private readonly running: Running,
  ) {}

  @Get()
  @Allow('operator')
  @Answers('Each build of a projection, each process: version, state, position, lag, and whether it is behind or stuck')
  async list() {
    return { projections: (await this.running.runtime?.status()) ?? [] };
  }

  @Get(':name')
  @Allow('operator')
  @Answers('How far each build of a projection is: events done, to do, a second, and time left')
  progress(@Param('name') name: string) {
    return this.told(name);
  }

  @Post(':name/comparison')
  @HttpCode(200)
  @Allow('operator')
  @Answers('Compares the build that is ready with the one that serves, row by row, at one position; the report is kept')
  async compare(@Param('name') name: string) {
    return { comparison: await this.builds.compare({ name }) };
  }

  @Post(':name/pause')
  @HttpCode(200)
  @Allow('operator')
  @Answers('Stops moving its builds, where they stand')
  pause(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, ...target }: OperateDto) {
    return this.operate(envelope, { action: 'pause', name, reason }, this.builds.pause({ ...target, name }));
  }

  @Post(':name/resume')
  @HttpCode(200)
  @Allow('operator')
  @Answers('Goes on moving its builds from where they stand')
  resume(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, ...target }: OperateDto) {
    return this.operate(envelope, { action: 'resume', name, reason }, this.builds.resume({ ...target, name }));
  }

  @Post(':name/rebuild')
  @HttpCode(200)
  @Allow('operator')
  @Answers('Begins another build of its newest version, from the log’s start, beside the one that serves')
  rebuild(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, byHand = false }: RebuildDto) {
    return this.operate(envelope, { action: 'rebuild', name, reason }, this.builds.rebuild({ name, byHand }));
  }

  @Post(':name/stop')
  @HttpCode(200)
  @Allow('operator')
  @Answers('Gives up builds that do not serve: their tables go')
  stop(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, ...target }: OperateDto) {
    return this.operate(envelope, { action: 'stop', name, reason }, this.builds.stop({ ...target, name }));
  }

  @Post(':name/switch')
  @HttpCode(200)
  @Allow('operator')
  @Answers('Lets the build that is ready serve: compared before, and found to agree, unless the operator insists')
  switch(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, insist = false, ...target }: SwitchDto) {
    return this.operate(envelope, { action: 'switch', name, reason }, this.builds.switch({ ...target, name, insist }));
  }

  @Post(':name/rollback')
  @HttpCode(200)
  @Allow('operator')
  @Answers('Lets the build serve again that served before, while it is kept')
  rollBack(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason }: RollBackDto) {
    return this.operate(envelope, { action: 'roll-back', name, reason }, this.builds.rollBack(name));
  }

  private get builds() {
    return this.running.installation.builds;
  }

  /** Nothing is recorded of what cannot be; nothing is done that is not recorded. */
  private async operate(envelope: Envelope, { action, name, reason }: Asked, doing: Doing<unknown>) {
    await doing.rehearse();
    const outcome = await this.commands.execute<RecordOperation, Outcome>(new RecordOperation(envelope, { action, target: name, reason }));
    if (outcome.outcome !== 'done') return outcome;
    await doing.run();
    this.running.runtime?.refresh();
    return this.told(name);
  }

  private async told(name: string) {
    return { builds: await this.builds.progress(name) };
  }
}
