import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RequestId } from '#domain/ids';
import { RequestContentDto, requestContentOf } from '../dto/content.dto';
import { IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class ReviseRequestDto {
  @IsNested(() => RequestContentDto)
  readonly content!: RequestContentDto;
}

export class ReviseRequest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
    readonly dto: ReviseRequestDto,
  ) {
    super();
  }
}

@CommandHandler(ReviseRequest)
export class ReviseRequestHandler implements ICommandHandler<ReviseRequest> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, requestId, dto }: ReviseRequest): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ReviseRequest', data: { requestId, content: requestContentOf(dto.content) } }, envelope);
  }
}
