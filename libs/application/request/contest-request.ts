import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { RequestId } from '#domain/ids';
import type { ContestKind } from '#domain/offer/offer.events';
import { IsText, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

const CONTEST_KINDS: readonly ContestKind[] = ['not-professional', 'a-service', 'misleading', 'confidential'];

export class ContestRequestDto {
  @IsIn(CONTEST_KINDS)
  readonly kind!: ContestKind;

  @IsText(LENGTH.text)
  readonly text!: string;
}

/** R14: contested afterwards, never pre-approved. */
export class ContestRequest extends SingleStepCommand<[requestId: RequestId, dto: ContestRequestDto]> {
  toSend(): SentCommand {
    const [requestId, dto] = this.given;
    return { type: 'ContestRequest', data: { requestId, kind: dto.kind, text: dto.text } };
  }
}
