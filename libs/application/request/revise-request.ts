import type { SentCommand } from '#domain/catalogue';
import type { RequestId } from '#domain/ids';
import { RequestContentDto, requestContentOf } from '../dto/content.dto';
import { IsNested } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ReviseRequestDto {
  @IsNested(() => RequestContentDto)
  readonly content!: RequestContentDto;
}

export class ReviseRequest extends SingleStepCommand<[requestId: RequestId, dto: ReviseRequestDto]> {
  toSend(): SentCommand {
    const [requestId, dto] = this.given;
    return { type: 'ReviseRequest', data: { requestId, content: requestContentOf(dto.content) } };
  }
}
