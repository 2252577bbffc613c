import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional, IsTimeZone } from 'class-validator';
import { defaultPolicy } from '#domain/network/policy';
import { changedPolicy } from '#domain/network/policy-change';
import type { Language } from '#domain/vocabulary';
import { LANGUAGES } from '../dto/content.dto';
import { IsLine, IsNested } from '../dto/fields';
import { PolicyChangesDto, policyChangesOf } from '../dto/policy.dto';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class OpenNetworkDto {
  @IsLine(200)
  readonly label!: string;

  @IsOptional()
  @IsTimeZone()
  readonly timeZone?: string;

  @IsOptional()
  @IsIn(LANGUAGES)
  readonly defaultLanguage?: Language;

  /** Where it differs from the default policy. */
  @IsOptional()
  @IsNested(() => PolicyChangesDto)
  readonly policy?: PolicyChangesDto;
}

/** R23: an installation holds several networks, each apart. */
export class OpenNetwork extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: OpenNetworkDto,
  ) {
    super();
  }
}

@CommandHandler(OpenNetwork)
export class OpenNetworkHandler implements ICommandHandler<OpenNetwork> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, dto }: OpenNetwork): Promise<Outcome> {
    const { label, timeZone = 'Europe/Paris', defaultLanguage = 'fr' } = dto;
    const policy = changedPolicy(defaultPolicy, dto.policy ? policyChangesOf(dto.policy) : {});
    return this.dispatcher.dispatch(
      { type: 'OpenNetwork', data: { networkId: envelope.networkId, label, timeZone, defaultLanguage, policy } },
      envelope,
    );
  }
}
