import { IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class LeaveNetworkDto {
  @IsOptional()
  @IsText(LENGTH.text)
  readonly reason?: string | null;
}

export class LeaveNetwork extends SingleStepCommand<[memberId: MemberId, dto: LeaveNetworkDto]> {
  toSend(): SentCommand {
    const [memberId, dto] = this.given;
    return { type: 'LeaveNetwork', data: { memberId, reason: dto.reason ?? null } };
  }
}
