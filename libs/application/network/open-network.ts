import { IsIn, IsOptional, IsTimeZone } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import { defaultPolicy } from '#domain/network/policy';
import { changedPolicy } from '#domain/network/policy-change';
import type { Language } from '#domain/vocabulary';
import { LANGUAGES } from '../dto/content.dto';
import { IsLine, IsNested } from '../dto/fields';
import { PolicyChangesDto, policyChangesOf } from '../dto/policy.dto';
import { SingleStepCommand } from '../dispatch/single-step-command';

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
export class OpenNetwork extends SingleStepCommand<[dto: OpenNetworkDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [dto] = this.given;
    const { label, timeZone = 'Europe/Paris', defaultLanguage = 'fr' } = dto;
    const policy = changedPolicy(defaultPolicy, dto.policy ? policyChangesOf(dto.policy) : {});
    return { type: 'OpenNetwork', data: { networkId: envelope.networkId, label, timeZone, defaultLanguage, policy } };
  }
}
