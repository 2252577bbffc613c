import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import type { MemberId, RequestId } from '#domain/ids';
import { RequestContentDto, requestContentOf } from '../dto/content.dto';
import { IsId, IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class DraftRequestDto {
  /** Whose it shall be, where someone helps to formalise it (R6: the person alone publishes). */
  @IsOptional()
  @IsId()
  readonly memberId?: MemberId;

  @IsNested(() => RequestContentDto)
  readonly content!: RequestContentDto;
}

export class DraftRequest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: DraftRequestDto,
  ) {
    super();
  }
}

@CommandHandler(DraftRequest)
export class DraftRequestHandler implements ICommandHandler<DraftRequest> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, dto }: DraftRequest): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'DraftRequest',
        data: {
          requestId: idFrom<RequestId>(envelope.commandId, 'request'),
          memberId: dto.memberId ?? envelope.by.id,
          content: requestContentOf(dto.content),
        },
      },
      envelope,
    );
  }
}
