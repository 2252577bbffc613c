import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Envelope } from '#application/dispatch/envelope';
import type { Outcome } from '#application/dispatch/outcome';
import { RecordOperation, type Operation } from '#application/audit/record-operation';
import { readModels } from '#projections/read-models';
import type { Operation as Doing } from '#read-store/builds/builds';
import { certificateLine } from '#read-store/certificates/certificate';
import { certifyTables, NoSuchReadModel } from '#read-store/certificates/certify-tables';
import { Allow } from '../../../installation/access';
import { ApiLongRunning, ApiRead } from '../../openapi/documented';
import { EnvelopeOf } from '../../commands/envelope';
import { problem } from '../../problems/problem';
import { LongRunningJobs } from '../../queries/long-running-jobs';
import { WAIT_MS } from '../../queries/query-runner';
import { RUNTIME, type Running } from '../../../telemetry/health.controller';
import { OperateDto, RebuildDto, RetryDto, RollBackDto, SkipDto, SwitchDto } from './projections.dto';
import { PageDto } from '../../queries/page.dto';

const noSuchModel = () => problem(404, 'not-found', { en: 'There is no such read model', fr: 'Ce modèle de lecture n’existe pas' });

interface OperatorAct {
  readonly action: Operation;
  readonly name: string;
  readonly reason: string;
}

/** What operators see of read models and their builds, and what they do to them: each act with its reason, recorded before it is done. */
@Controller('networks/:networkId/operations/projections')
export class ProjectionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly jobs: LongRunningJobs,
    @Inject(WAIT_MS) private readonly waitMs: number,
    @Inject(RUNTIME) private readonly running: Running,
  ) {}

  @Get()
  @Allow('operator')
  @ApiRead('Each build of a projection, each process: version, state, position, lag, and whether it is behind or stuck')
  async list() {
    return { projections: (await this.running.runtime?.status()) ?? [] };
  }

  @Get(':name')
  @Allow('operator')
  @ApiRead('How far each build of a projection is: events done, to do, a second, and time left')
  progress(@Param('name') name: string) {
    return this.progressOf(name);
  }

  @Get(':name/certificate')
  @Allow('operator', 'auditor')
  @ApiRead('Certificate of a read model: version, last event, hash over all rows and their evidence')
  @ApiLongRunning()
  async certify(@Param('name') name: string) {
    if (!readModels.some(({ projection }) => projection.name === name)) throw noSuchModel();
    const { pool, log } = this.running.installation;
    const certificate = await this.jobs
      .join(`certificate ${name}`, this.waitMs, ({ signal }) => certifyTables({ pool, log, name, signal }))
      .catch((fault: unknown) => {
        throw fault instanceof NoSuchReadModel ? noSuchModel() : fault;
      });
    return { certificate, line: certificateLine(certificate) };
  }

  @Post(':name/comparison')
  @Allow('operator')
  @ApiRead('Compares the build that is ready with the one that serves, row by row, at one position; the report is kept')
  async compare(@Param('name') name: string) {
    return { comparison: await this.builds.compare({ name }) };
  }

  @Post(':name/pause')
  @Allow('operator')
  @ApiRead('Stops moving its builds, where they stand')
  pause(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, ...target }: OperateDto) {
    return this.operate(envelope, { action: 'pause', name, reason }, this.builds.pause({ ...target, name }));
  }

  @Post(':name/resume')
  @Allow('operator')
  @ApiRead('Goes on moving its builds from where they stand')
  resume(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, ...target }: OperateDto) {
    return this.operate(envelope, { action: 'resume', name, reason }, this.builds.resume({ ...target, name }));
  }

  @Post(':name/rebuild')
  @Allow('operator')
  @ApiRead('Begins another build of its newest version, from the log’s start, beside the one that serves')
  rebuild(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, byHand = false }: RebuildDto) {
    return this.operate(envelope, { action: 'rebuild', name, reason }, this.builds.rebuild({ name, byHand }));
  }

  @Post(':name/stop')
  @Allow('operator')
  @ApiRead('Gives up builds that do not serve: their tables go')
  stop(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, ...target }: OperateDto) {
    return this.operate(envelope, { action: 'stop', name, reason }, this.builds.stop({ ...target, name }));
  }

  @Post(':name/switch')
  @Allow('operator')
  @ApiRead('Lets the build that is ready serve: compared before, and found to agree, unless the operator forces it')
  switch(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, force = false, ...target }: SwitchDto) {
    return this.operate(envelope, { action: 'switch', name, reason }, this.builds.switch({ ...target, name, force }));
  }

  @Post(':name/rollback')
  @Allow('operator')
  @ApiRead('Lets the build serve again that served before, while it is kept')
  rollBack(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason }: RollBackDto) {
    return this.operate(envelope, { action: 'roll-back', name, reason }, this.builds.rollBack(name));
  }

  @Get(':name/parked')
  @Allow('operator')
  @ApiRead('Events, and due times of a process, that wait behind a fault, or were skipped, by row and position in the log')
  parked(@Param('name') name: string, @Query() { limit, cursor }: PageDto) {
    return this.builds.parked({ name, page: { limit, ...(cursor === undefined ? {} : { after: cursor }) } });
  }

  @Post(':name/parked/retry')
  @Allow('operator')
  @ApiRead(
    'Folds parked events again, each row’s all or none; of a process, gives its commands again, one event after the other up to the next that throws',
  )
  retry(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, ...of }: RetryDto) {
    return this.retried(envelope, { action: 'repeat-parked', name, reason }, this.builds.retry({ ...of, name }));
  }

  @Post(':name/parked/skip')
  @Allow('operator')
  @ApiRead(
    'Drops a parked event for good, in this build and in those to come, and folds what waited behind it; of a process, drops its commands on it',
  )
  skip(@EnvelopeOf() envelope: Envelope, @Param('name') name: string, @Body() { reason, ...of }: SkipDto) {
    return this.retried(envelope, { action: 'drop-parked', name, reason }, this.builds.skip({ ...of, name }));
  }

  private get builds() {
    return this.running.installation.builds;
  }

  private async operate(envelope: Envelope, asked: OperatorAct, doing: Doing<unknown>) {
    const { outcome } = await this.recorded(envelope, asked, doing);
    return outcome ?? this.progressOf(asked.name);
  }

  private async retried<T>(envelope: Envelope, asked: OperatorAct, doing: Doing<T>) {
    const { outcome, result } = await this.recorded(envelope, asked, doing);
    return outcome ?? { rows: result ?? [] };
  }

  /** Nothing is recorded of what cannot be; nothing is done that is not recorded; what was recorded under this key is not begun again (R22). */
  private async recorded<T>(envelope: Envelope, { action, name, reason }: OperatorAct, doing: Doing<T>) {
    const act = new RecordOperation(envelope, { action, target: name, reason }, () => doing.dryRun());
    const outcome = await this.commands.execute<RecordOperation, Outcome>(act);
    if (outcome.outcome !== 'done') return { outcome };
    if (outcome.repeated) return { result: null };
    const result = await doing.run();
    this.running.runtime?.refresh();
    return { result };
  }

  private async progressOf(name: string) {
    return { builds: await this.builds.progress(name) };
  }
}
