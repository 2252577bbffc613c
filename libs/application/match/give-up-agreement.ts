import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { MatchId } from '#domain/ids';
import type { NotAgreedReason } from '#domain/match/match.events';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

const REASONS: readonly NotAgreedReason[] = ['participants-declined', 'no-connection', 'no-outcome', 'other'];

export class GiveUpAgreementDto {
  @IsIn(REASONS)
  readonly reason!: NotAgreedReason;
}

export class GiveUpAgreement extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly matchId: MatchId,
    readonly dto: GiveUpAgreementDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { matchId, dto } = this;
    return { type: 'GiveUpAgreement', data: { matchId, reason: dto.reason } };
  }
}
