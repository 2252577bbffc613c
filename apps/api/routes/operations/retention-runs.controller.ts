import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RecordRetention, RecordRetentionDto } from '#application/audit/record-retention';
import type { Envelope } from '#application/dispatch/envelope';
import { Allow } from '../../../installation/access';
import { EnvelopeOf } from '../../commands/envelope';
import { ApiCommand } from '../../openapi/documented';

/** What was purged: written down for good, beside the looks at personal data. */
@Controller('networks/:networkId/retention-runs')
export class RetentionRunsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allow('data-protection-officer')
  @ApiCommand('Records a retention run: up to when it judged, and how much it erased')
  record(@EnvelopeOf() envelope: Envelope, @Body() dto: RecordRetentionDto) {
    return this.commands.execute(new RecordRetention(envelope, dto));
  }
}
