import type { CommandId } from '#kernel/id';
import type { OfferId, RequestId } from '#domain/ids';
import type { DraftedOffer, DraftedRequest } from '#domain/vocabulary';
import { idFrom } from '../dispatch/derived-ids';
import { OfferContentDto, offerContentOf, RequestContentDto, requestContentOf } from './content.dto';
import { IsNestedList } from './fields';

/** R1: both sides of an entry. */
export class DraftsDto {
  @IsNestedList(() => OfferContentDto, 0, 20)
  readonly offers!: readonly OfferContentDto[];

  @IsNestedList(() => RequestContentDto, 0, 20)
  readonly requests!: readonly RequestContentDto[];
}

export const draftsOf = (
  dto: DraftsDto,
  commandId: CommandId,
): { readonly offers: readonly DraftedOffer[]; readonly requests: readonly DraftedRequest[] } => ({
  offers: dto.offers.map((content, index) => ({ offerId: idFrom<OfferId>(commandId, `offer/${index}`), content: offerContentOf(content) })),
  requests: dto.requests.map((content, index) => ({
    requestId: idFrom<RequestId>(commandId, `request/${index}`),
    content: requestContentOf(content),
  })),
});
