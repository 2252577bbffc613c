import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import type { OfferId, RequestId } from '#domain/ids';
import { OfferContentDto, offerContentOf } from '../dto/content.dto';
import { IsId, IsNested, IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import { openOffer, openRequest, type FoundSide, type GiverPlace, type PairHistory } from './proposal';
import { own, others, proposeForMember, type Side } from './propose-for-member';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER, PAIR_HISTORY } from '../dispatch/tokens';

/** Exactly one of both. */
export class AnswerRequestDto {
  /** An own offer that is open. */
  @IsOptional()
  @IsId()
  readonly offerId?: OfferId;

  /** A new offer, published first. */
  @IsOptional()
  @IsNested(() => OfferContentDto)
  readonly content?: OfferContentDto;

  /** R7: why, where the topics differ. The other reads it. */
  @IsOptional()
  @IsText(LENGTH.text)
  readonly reason?: string;
}

/** A member answers a request with what they can give: that is their acceptance, too (§4). */
export class AnswerRequest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
    readonly dto: AnswerRequestDto,
  ) {
    super();
  }
}

@CommandHandler(AnswerRequest)
export class AnswerRequestHandler implements ICommandHandler<AnswerRequest> {
  constructor(
    @Inject(DISPATCHER) private readonly dispatcher: Dispatcher,
    @Inject(PAIR_HISTORY) private readonly history: PairHistory,
  ) {}

  execute({ envelope, requestId, dto }: AnswerRequest): Promise<Outcome> {
    const learner = () => others(openRequest(this.dispatcher, envelope.networkId, requestId));
    const giver = () => ownOffer(this.dispatcher, envelope, dto);
    return proposeForMember(this.dispatcher, this.history, { envelope, reason: dto.reason ?? null, giver, learner });
  }
}

const ownOffer = async (dispatcher: Dispatcher, envelope: Envelope, dto: AnswerRequestDto): Promise<FoundSide<Side<GiverPlace>>> => {
  const memberId = envelope.by.id;
  const { offerId, content } = dto;
  if (offerId && !content) return own(await openOffer(dispatcher, envelope.networkId, offerId), memberId);
  if (offerId || !content) return { missing: { code: 'name-one-or-give-content' } };
  const place = { offerId: idFrom<OfferId>(envelope.commandId, 'offer'), memberId, content: offerContentOf(content) };
  return { found: { place, publish: { type: 'PublishOffer', data: place } } };
};
