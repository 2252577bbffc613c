import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { MatchId } from '#domain/ids';
import type { NotAgreedReason } from '#domain/match/match.events';
import { SingleStepCommand } from '../dispatch/single-step-command';

const REASONS: readonly NotAgreedReason[] = ['participants-declined', 'no-connection', 'no-outcome', 'other'];

export class GiveUpAgreementDto {
  @IsIn(REASONS)
  readonly reason!: NotAgreedReason;
}

export class GiveUpAgreement extends SingleStepCommand<[matchId: MatchId, dto: GiveUpAgreementDto]> {
  toSend(): SentCommand {
    const [matchId, dto] = this.given;
    return { type: 'GiveUpAgreement', data: { matchId, reason: dto.reason } };
  }
}
