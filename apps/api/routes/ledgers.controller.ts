import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Envelope } from '#application/envelope';
import { RecordOperation, RecordOperationDto } from '#application/record-operation';
import { RecordRetention, RecordRetentionDto } from '#application/record-retention';
import { Allow } from '../auth/access';
import { Does } from '../edge/documented';
import { EnvelopeOf } from '../edge/envelope';

/** What was purged, and what operators did: written down for good, beside the looks at personal data. */
@ApiTags('oversight')
@Controller('networks/:networkId')
export class LedgersController {
  constructor(private readonly commands: CommandBus) {}

  @Post('retention-runs')
  @HttpCode(200)
  @Allow('data-protection-officer')
  @Does('Records a retention run: up to when it judged, and how much it erased')
  retention(@EnvelopeOf() envelope: Envelope, @Body() dto: RecordRetentionDto) {
    return this.commands.execute(new RecordRetention(envelope, dto));
  }

  @Post('operations')
  @HttpCode(200)
  @Allow('operator')
  @Does('Records what an operator did to read models, parked events or the log, and why')
  operation(@EnvelopeOf() envelope: Envelope, @Body() dto: RecordOperationDto) {
    return this.commands.execute(new RecordOperation(envelope, dto));
  }
}
