import type { SentCommand } from '#domain/catalogue';
import type { RetentionRunId } from '#domain/ids';
import { POLICY_MOST } from '#domain/network/policy';
import { IsWhole } from '../dto/fields';
import { idFrom } from '../dispatch/derived-ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** The periods that were shown, as the policy says them: where it says otherwise by now, nothing is ended. */
export class StartRetentionRunDto {
  @IsWhole(0, POLICY_MOST.months)
  readonly exchangeTextsMonths!: number;

  @IsWhole(0, POLICY_MOST.months)
  readonly goneMembersMonths!: number;
}

/** Ends what is kept for longer than that, now and at each month's start from now on, as long as the policy stays so (R19). */
export class StartRetentionRun extends SingleStepCommand<[dto: StartRetentionRunDto]> {
  toSend(): SentCommand {
    const [{ exchangeTextsMonths, goneMembersMonths }] = this.given;
    const { networkId, commandId } = this.envelope;
    const runId = idFrom<RetentionRunId>(commandId, 'retention-run');
    return { type: 'StartRetentionRun', data: { networkId, runId, exchangeTextsMonths, goneMembersMonths } };
  }
}
