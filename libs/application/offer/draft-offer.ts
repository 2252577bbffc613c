import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import type { MemberId, OfferId } from '#domain/ids';
import { OfferContentDto, offerContentOf } from '../dto/content.dto';
import { IsId, IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class DraftOfferDto {
  /** Whose it shall be, where someone helps to formalise it (R6: the person alone publishes). */
  @IsOptional()
  @IsId()
  readonly memberId?: MemberId;

  @IsNested(() => OfferContentDto)
  readonly content!: OfferContentDto;
}

export class DraftOffer extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: DraftOfferDto,
  ) {
    super();
  }
}

@CommandHandler(DraftOffer)
export class DraftOfferHandler implements ICommandHandler<DraftOffer> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, dto }: DraftOffer): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'DraftOffer',
        data: {
          offerId: idFrom<OfferId>(envelope.commandId, 'offer'),
          memberId: dto.memberId ?? envelope.by.id,
          content: offerContentOf(dto.content),
        },
      },
      envelope,
    );
  }
}
