import { IsBoolean, IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, Salt } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SubmitFollowUpDto {
  @IsBoolean()
  readonly usedAtWork!: boolean;

  @IsOptional()
  @IsText(LENGTH.text)
  readonly example?: string | null;
}

export class SubmitFollowUp extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: SubmitFollowUpDto,
    readonly salt: Salt,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { exchangeId, dto, salt } = this;
    return { type: 'SubmitFollowUp', data: { exchangeId, usedAtWork: dto.usedAtWork, example: dto.example ?? null, salt } };
  }
}
