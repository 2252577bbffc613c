import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import type { ContestKind } from '#domain/offer/offer.events';
import { IsText, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

const CONTEST_KINDS: readonly ContestKind[] = ['not-professional', 'a-service', 'misleading', 'confidential'];

export class ContestOfferDto {
  @IsIn(CONTEST_KINDS)
  readonly kind!: ContestKind;

  @IsText(LENGTH.text)
  readonly text!: string;
}

/** R14: contested afterwards, never pre-approved. */
export class ContestOffer extends SingleStepCommand<[offerId: OfferId, dto: ContestOfferDto]> {
  toSend(): SentCommand {
    const [offerId, dto] = this.given;
    return { type: 'ContestOffer', data: { offerId, kind: dto.kind, text: dto.text } };
  }
}
