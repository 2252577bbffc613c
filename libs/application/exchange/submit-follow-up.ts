import { IsBoolean, IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, Salt } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SubmitFollowUpDto {
  @IsBoolean()
  readonly usedAtWork!: boolean;

  @IsOptional()
  @IsText(LENGTH.text)
  readonly example?: string | null;
}

export class SubmitFollowUp extends SingleStepCommand<[exchangeId: ExchangeId, dto: SubmitFollowUpDto, salt: Salt]> {
  toSend(): SentCommand {
    const [exchangeId, dto, salt] = this.given;
    return { type: 'SubmitFollowUp', data: { exchangeId, usedAtWork: dto.usedAtWork, example: dto.example ?? null, salt } };
  }
}
