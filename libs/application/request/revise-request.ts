import type { SentCommand } from '#domain/catalogue';
import type { RequestId } from '#domain/ids';
import { RequestContentDto, requestContentOf } from '../dto/content.dto';
import { IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ReviseRequestDto {
  @IsNested(() => RequestContentDto)
  readonly content!: RequestContentDto;
}

export class ReviseRequest extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
    readonly dto: ReviseRequestDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { requestId, dto } = this;
    return { type: 'ReviseRequest', data: { requestId, content: requestContentOf(dto.content) } };
  }
}
