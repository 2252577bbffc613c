import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import { OfferContentDto, offerContentOf } from '../dto/content.dto';
import { IsNested } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ReviseOfferDto {
  @IsNested(() => OfferContentDto)
  readonly content!: OfferContentDto;
}

export class ReviseOffer extends SingleStepCommand<[offerId: OfferId, dto: ReviseOfferDto]> {
  toSend(): SentCommand {
    const [offerId, dto] = this.given;
    return { type: 'ReviseOffer', data: { offerId, content: offerContentOf(dto.content) } };
  }
}
