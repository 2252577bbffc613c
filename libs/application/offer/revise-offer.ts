import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import { OfferContentDto, offerContentOf } from '../dto/content.dto';
import { IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ReviseOfferDto {
  @IsNested(() => OfferContentDto)
  readonly content!: OfferContentDto;
}

export class ReviseOffer extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
    readonly dto: ReviseOfferDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { offerId, dto } = this;
    return { type: 'ReviseOffer', data: { offerId, content: offerContentOf(dto.content) } };
  }
}
