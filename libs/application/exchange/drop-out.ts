import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { DropReason } from '#domain/exchange/exchange.events';
import type { ExchangeId, MemberId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

const REASONS: readonly DropReason[] = ['own-choice', 'behaviour'];

export class DropOutDto {
  @IsIn(REASONS)
  readonly reason!: DropReason;
}

export class DropOut extends SingleStepCommand<[exchangeId: ExchangeId, memberId: MemberId, dto: DropOutDto]> {
  toSend(): SentCommand {
    const [exchangeId, memberId, dto] = this.given;
    return { type: 'DropOut', data: { exchangeId, memberId, reason: dto.reason } };
  }
}
