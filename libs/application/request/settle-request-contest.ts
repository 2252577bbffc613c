import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { RequestId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SettleRequestContestDto {
  @IsIn(['kept', 'taken-down'])
  readonly outcome!: 'kept' | 'taken-down';

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class SettleRequestContest extends SingleStepCommand<[requestId: RequestId, dto: SettleRequestContestDto]> {
  toSend(): SentCommand {
    const [requestId, dto] = this.given;
    return { type: 'SettleRequestContest', data: { requestId, outcome: dto.outcome, text: dto.text } };
  }
}
