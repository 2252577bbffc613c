import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { IsWhole } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class AcceptCharterDto {
  @IsWhole(1, 100_000)
  readonly charterVersion!: number;
}

export class AcceptCharter extends SingleStepCommand<[memberId: MemberId, dto: AcceptCharterDto]> {
  toSend(): SentCommand {
    const [memberId, dto] = this.given;
    return { type: 'AcceptCharter', data: { memberId, charterVersion: dto.charterVersion } };
  }
}
