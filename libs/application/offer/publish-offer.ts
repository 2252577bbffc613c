import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsBoolean, IsOptional } from 'class-validator';
import type { OfferId } from '#domain/ids';
import { OfferContentDto, offerContentOf } from '../dto/content.dto';
import { IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { mayPublish } from '../dispatch/membership-guards';
import { DISPATCHER } from '../dispatch/tokens';

export class PublishOfferDto {
  /** Left out: the draft as it stands. */
  @IsOptional()
  @IsNested(() => OfferContentDto)
  readonly content?: OfferContentDto;

  /** R14: its author declares the draft as it stands. */
  @IsOptional()
  @IsBoolean()
  readonly declaredProfessional?: boolean;
}

export class PublishNewOfferDto {
  @IsNested(() => OfferContentDto)
  readonly content!: OfferContentDto;
}

/** R6: only the author publishes. `offerId` names a draft; null publishes a new offer in one go. */
export class PublishOffer extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId | null,
    readonly dto: PublishOfferDto,
  ) {
    super();
  }
}

@CommandHandler(PublishOffer)
export class PublishOfferHandler implements ICommandHandler<PublishOffer> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, offerId, dto }: PublishOffer): Promise<Outcome> {
    const memberId = envelope.by.id;
    const content = dto.content ? offerContentOf(dto.content) : null;
    const data = {
      offerId: offerId ?? idFrom<OfferId>(envelope.commandId, 'offer'),
      memberId,
      content,
      declared: dto.declaredProfessional === true,
    };
    return this.dispatcher.dispatch({ type: 'PublishOffer', data }, envelope, mayPublish(this.dispatcher, memberId));
  }
}
