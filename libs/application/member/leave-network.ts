import { IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class LeaveNetworkDto {
  @IsOptional()
  @IsText(LENGTH.text)
  readonly reason?: string | null;
}

export class LeaveNetwork extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: LeaveNetworkDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { memberId, dto } = this;
    return { type: 'LeaveNetwork', data: { memberId, reason: dto.reason ?? null } };
  }
}
