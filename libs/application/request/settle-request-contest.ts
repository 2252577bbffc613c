import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { RequestId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SettleRequestContestDto {
  @IsIn(['kept', 'taken-down'])
  readonly outcome!: 'kept' | 'taken-down';

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class SettleRequestContest extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
    readonly dto: SettleRequestContestDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { requestId, dto } = this;
    return { type: 'SettleRequestContest', data: { requestId, outcome: dto.outcome, text: dto.text } };
  }
}
