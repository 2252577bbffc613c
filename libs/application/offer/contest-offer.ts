import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import type { ContestKind } from '#domain/offer/offer.events';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

const CONTEST_KINDS: readonly ContestKind[] = ['not-professional', 'a-service', 'misleading', 'confidential'];

export class ContestOfferDto {
  @IsIn(CONTEST_KINDS)
  readonly kind!: ContestKind;

  @IsText(LENGTH.text)
  readonly text!: string;
}

/** R14: contested afterwards, never pre-approved. */
export class ContestOffer extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
    readonly dto: ContestOfferDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { offerId, dto } = this;
    return { type: 'ContestOffer', data: { offerId, kind: dto.kind, text: dto.text } };
  }
}
