import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { MatchId } from '#domain/ids';
import type { DeclineReason } from '#domain/match/match.events';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** A person's own; the others are consequences, which processes draw. */
const REASONS: readonly DeclineReason[] = ['no-time', 'not-what-i-seek', 'rather-not-with', 'other'];

export class DeclineMatchDto {
  @IsIn(REASONS)
  readonly reason!: DeclineReason;
}

export class DeclineMatch extends SingleStepCommand<[matchId: MatchId, dto: DeclineMatchDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [matchId, dto] = this.given;
    return { type: 'DeclineMatch', data: { matchId, memberId: envelope.by.id, reason: dto.reason } };
  }
}
