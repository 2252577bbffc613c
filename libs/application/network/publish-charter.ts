import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import { IsNested, IsText } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

/** The charter's words, in one language at least. */
export class CharterTextDto {
  @IsOptional()
  @IsText(50_000)
  readonly fr?: string;

  @IsOptional()
  @IsText(50_000)
  readonly en?: string;
}

export class PublishCharterDto {
  @IsNested(() => CharterTextDto)
  readonly text!: CharterTextDto;
}

export class PublishCharter extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: PublishCharterDto,
  ) {
    super();
  }
}

@CommandHandler(PublishCharter)
export class PublishCharterHandler implements ICommandHandler<PublishCharter> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, dto }: PublishCharter): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'PublishCharter',
        data: {
          networkId: envelope.networkId,
          text: { ...(dto.text.fr ? { fr: dto.text.fr } : {}), ...(dto.text.en ? { en: dto.text.en } : {}) },
        },
      },
      envelope,
    );
  }
}
