import { IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { MemberId, OfferId } from '#domain/ids';
import { OfferContentDto, offerContentOf } from '../dto/content.dto';
import { IsId, IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
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

export class DraftOffer extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly dto: DraftOfferDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { envelope, dto } = this;
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
