import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { MemberId } from '#domain/ids';
import type { CommandId } from '#kernel/id';
import { MemberIdTaken, type IdentityRegister } from '#keys/keys.port';
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
export type OnBehalf = Outcome & { readonly memberId: MemberId | null };

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
    const memberId = await this.memberOf(envelope, dto.subject);
    if (memberId === null) return { outcome: 'rejected', refusal: { code: 'idempotency-key-reused' }, memberId };
    // who has an id already may be the second person of one key: another command
    const isNew = memberId === idFrom(envelope.commandId, 'member');
    const commandId = isNew ? envelope.commandId : idFrom<CommandId>(envelope.commandId, memberId);
    const data = { memberId, profile: profileOf(dto.profile), entry: dto.entry, ...draftsOf(dto, commandId) };
    return { ...(await this.dispatcher.dispatch({ type: 'ApplyForMembership', data }, { ...envelope, commandId })), memberId };
  }

  /** Null where another person has the id that this command gives: it was asked with another body before (R22). */
  private async memberOf({ networkId, commandId }: Envelope, subject: string): Promise<MemberId | null> {
    try {
      return (await this.identities.register(networkId, subject, idFrom(commandId, 'member'))) as MemberId;
    } catch (fault) {
      if (fault instanceof MemberIdTaken) return null;
      throw fault;
    }
  }
}
