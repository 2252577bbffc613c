import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Envelope } from '#application/dispatch/envelope';
import { RecordOperation, RecordOperationDto } from '#application/audit/record-operation';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS } from '#application/dispatch/tokens';
import { RecordRetention, RecordRetentionDto } from '#application/audit/record-retention';
import { Allow } from '../../installation/access';
import { ApiRead, ApiCommand } from '../openapi/documented';
import { EnvelopeOf } from '../commands/envelope';
import { OperationsPageDto, readOperations } from './read-operations';

/** What was purged, and what operators did: written down for good, beside the looks at personal data. */
@ApiTags('oversight')
@Controller('networks/:networkId')
export class LedgersController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log' | 'codec' | 'clock'>,
  ) {}

  @Post('retention-runs')
  @HttpCode(200)
  @Allow('data-protection-officer')
  @ApiCommand('Records a retention run: up to when it judged, and how much it erased')
  retention(@EnvelopeOf() envelope: Envelope, @Body() dto: RecordRetentionDto) {
    return this.commands.execute(new RecordRetention(envelope, dto));
  }

  @Get('operations')
  @Allow('network-lead', 'operator')
  @ApiRead('What operators did to the installation in one month, and why; newest first')
  operations(@Query() dto: OperationsPageDto) {
    return readOperations(this.ports, dto);
  }

  @Post('operations')
  @HttpCode(200)
  @Allow('operator')
  @ApiCommand('Records what an operator did to read models, parked events or the log, and why')
  operation(@EnvelopeOf() envelope: Envelope, @Body() dto: RecordOperationDto) {
    return this.commands.execute(new RecordOperation(envelope, dto));
  }
}
