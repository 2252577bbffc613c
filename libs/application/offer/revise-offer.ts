import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OfferId } from '#domain/ids';
import { OfferContentDto, offerContentOf } from '../dto/content.dto';
import { IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class ReviseOfferDto {
  @IsNested(() => OfferContentDto)
  readonly content!: OfferContentDto;
}

export class ReviseOffer extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
    readonly dto: ReviseOfferDto,
  ) {
    super();
  }
}

@CommandHandler(ReviseOffer)
export class ReviseOfferHandler implements ICommandHandler<ReviseOffer> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, offerId, dto }: ReviseOffer): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ReviseOffer', data: { offerId, content: offerContentOf(dto.content) } }, envelope);
  }
}
