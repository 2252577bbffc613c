import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { MemberId } from '#domain/ids';
import type { IdentityRegister } from '#keys/keys.port';
import { DraftsDto, draftsOf } from '../dto/drafts.dto';
import { IsLine, IsNested } from '../dto/fields';
import { ProfileDto, profileOf } from '../dto/profile.dto';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER, IDENTITY_REGISTER } from '../dispatch/tokens';

export class ApplyOnBehalfDto extends DraftsDto {
  /** What the person's own token will say of them: kept as a keyed hash in the register, never in the log (R19). */
  @IsLine(500)
  readonly subject!: string;

  @IsNested(() => ProfileDto)
  readonly profile!: ProfileDto;

  @IsIn(['fair', 'import'])
  readonly entry!: 'fair' | 'import';
}

/** `memberId`: the one that this person has already, where the register knows them. */
export type OnBehalf = Outcome & { readonly memberId: MemberId };

/** R6: an entry on behalf (fair, import) stays pending until the person confirms. */
export class ApplyOnBehalf extends Command<OnBehalf> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: ApplyOnBehalfDto,
  ) {
    super();
  }
}

@CommandHandler(ApplyOnBehalf)
export class ApplyOnBehalfHandler implements ICommandHandler<ApplyOnBehalf> {
  constructor(
    @Inject(DISPATCHER) private readonly dispatcher: Dispatcher,
    @Inject(IDENTITY_REGISTER) private readonly identities: IdentityRegister,
  ) {}

  async execute({ envelope, dto }: ApplyOnBehalf): Promise<OnBehalf> {
    const { networkId, commandId } = envelope;
    const memberId = (await this.identities.register(networkId, dto.subject, idFrom(commandId, 'member'))) as MemberId;
    const data = { memberId, profile: profileOf(dto.profile), entry: dto.entry, ...draftsOf(dto, commandId) };
    return { ...(await this.dispatcher.dispatch({ type: 'ApplyForMembership', data }, envelope)), memberId };
  }
}
