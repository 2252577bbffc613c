import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsBoolean, IsOptional } from 'class-validator';
import type { RequestId } from '#domain/ids';
import { RequestContentDto, requestContentOf } from '../dto/content.dto';
import { IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { mayPublish } from '../dispatch/membership-guards';
import { DISPATCHER } from '../dispatch/tokens';

export class PublishRequestDto {
  /** Left out: the draft as it stands. */
  @IsOptional()
  @IsNested(() => RequestContentDto)
  readonly content?: RequestContentDto;

  /** R14: its author declares the draft as it stands. */
  @IsOptional()
  @IsBoolean()
  readonly declaredProfessional?: boolean;
}

export class PublishNewRequestDto {
  @IsNested(() => RequestContentDto)
  readonly content!: RequestContentDto;
}

/** R6: only the author publishes. `requestId` names a draft; null publishes a new request in one go. */
export class PublishRequest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId | null,
    readonly dto: PublishRequestDto,
  ) {
    super();
  }
}

@CommandHandler(PublishRequest)
export class PublishRequestHandler implements ICommandHandler<PublishRequest> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, requestId, dto }: PublishRequest): Promise<Outcome> {
    const memberId = envelope.by.id;
    const content = dto.content ? requestContentOf(dto.content) : null;
    const data = {
      requestId: requestId ?? idFrom<RequestId>(envelope.commandId, 'request'),
      memberId,
      content,
      declared: dto.declaredProfessional === true,
    };
    return this.dispatcher.dispatch({ type: 'PublishRequest', data }, envelope, mayPublish(this.dispatcher, memberId));
  }
}
