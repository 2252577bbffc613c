import { IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { MemberId, OfferId } from '#domain/ids';
import { OfferContentDto, offerContentOf } from '../dto/content.dto';
import { IsId, IsNested } from '../dto/fields';
import { idFrom } from '../dispatch/derived-ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class DraftOfferDto {
  /** Whose it shall be, where someone helps to formalise it (R6: the person alone publishes). */
  @IsOptional()
  @IsId()
  readonly memberId?: MemberId;

  @IsNested(() => OfferContentDto)
  readonly content!: OfferContentDto;
}

export class DraftOffer extends SingleStepCommand<[dto: DraftOfferDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [dto] = this.given;
    return {
      type: 'DraftOffer',
      data: {
        offerId: idFrom<OfferId>(envelope.commandId, 'offer'),
        memberId: dto.memberId ?? envelope.by.id,
        content: offerContentOf(dto.content),
      },
    };
  }
}
