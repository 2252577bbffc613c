import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Envelope } from '#application/dispatch/envelope';
import { RecordOperation, RecordOperationDto } from '#application/audit/record-operation';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS } from '#application/dispatch/tokens';
import { Allow } from '../../../installation/access';
import { ApiRead, ApiCommand } from '../../openapi/documented';
import { EnvelopeOf } from '../../commands/envelope';
import { OperationsPageDto, readOperations } from './read-operations';

/** What operators did: written down for good, beside the looks at personal data. */
@Controller('networks/:networkId/operations')
export class OperationsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log' | 'codec' | 'clock'>,
  ) {}

  @Get()
  @Allow('network-lead', 'operator')
  @ApiRead('What operators did to the installation in one month, and why; newest first')
  list(@Query() dto: OperationsPageDto) {
    return readOperations(this.ports, dto);
  }

  @Post()
  @Allow('operator')
  @ApiCommand('Records what an operator did to read models, parked events or the log, and why')
  record(@EnvelopeOf() envelope: Envelope, @Body() dto: RecordOperationDto) {
    return this.commands.execute(new RecordOperation(envelope, dto));
  }
}
