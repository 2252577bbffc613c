import { IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { MemberId, RequestId } from '#domain/ids';
import { RequestContentDto, requestContentOf } from '../dto/content.dto';
import { IsId, IsNested } from '../dto/fields';
import { idFrom } from '../dispatch/derived-ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class DraftRequestDto {
  /** Whose it shall be, where someone helps to formalise it (R6: the person alone publishes). */
  @IsOptional()
  @IsId()
  readonly memberId?: MemberId;

  @IsNested(() => RequestContentDto)
  readonly content!: RequestContentDto;
}

export class DraftRequest extends SingleStepCommand<[dto: DraftRequestDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [dto] = this.given;
    return {
      type: 'DraftRequest',
      data: {
        requestId: idFrom<RequestId>(envelope.commandId, 'request'),
        memberId: dto.memberId ?? envelope.by.id,
        content: requestContentOf(dto.content),
      },
    };
  }
}
