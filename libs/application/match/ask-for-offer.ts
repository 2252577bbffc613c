import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import type { OfferId, RequestId } from '#domain/ids';
import { RequestContentDto, requestContentOf } from '../dto/content.dto';
import { IsId, IsNested, IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import { openOffer, openRequest, type FoundSide, type LearnerPlace, type PairHistory } from './proposal';
import { own, others, proposeForMember, type Side } from './propose-for-member';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER, PAIR_HISTORY } from '../dispatch/tokens';

/** Exactly one of both. */
export class AskForOfferDto {
  /** An own request that is open. */
  @IsOptional()
  @IsId()
  readonly requestId?: RequestId;

  /** A new request, published first. */
  @IsOptional()
  @IsNested(() => RequestContentDto)
  readonly content?: RequestContentDto;

  /** R7: why, where the topics differ. The other reads it. */
  @IsOptional()
  @IsText(LENGTH.text)
  readonly reason?: string;
}

/** A member asks for an offer: that is their acceptance, too (§4). Rounds leave a pair alone for a while; their own ask does not wait (R16). */
export class AskForOffer extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
    readonly dto: AskForOfferDto,
  ) {
    super();
  }
}

@CommandHandler(AskForOffer)
export class AskForOfferHandler implements ICommandHandler<AskForOffer> {
  constructor(
    @Inject(DISPATCHER) private readonly dispatcher: Dispatcher,
    @Inject(PAIR_HISTORY) private readonly history: PairHistory,
  ) {}

  execute({ envelope, offerId, dto }: AskForOffer): Promise<Outcome> {
    const giver = () => others(openOffer(this.dispatcher, envelope.networkId, offerId));
    const learner = () => ownRequest(this.dispatcher, envelope, dto);
    return proposeForMember(this.dispatcher, this.history, { envelope, reason: dto.reason ?? null, giver, learner });
  }
}

const ownRequest = async (dispatcher: Dispatcher, envelope: Envelope, dto: AskForOfferDto): Promise<FoundSide<Side<LearnerPlace>>> => {
  const memberId = envelope.by.id;
  const { requestId, content } = dto;
  if (requestId && !content) return own(await openRequest(dispatcher, envelope.networkId, requestId), memberId);
  if (requestId || !content) return { missing: { code: 'name-one-or-give-content' } };
  const place = { requestId: idFrom<RequestId>(envelope.commandId, 'request'), memberId, content: requestContentOf(content) };
  return { found: { place, publish: { type: 'PublishRequest', data: place } } };
};
