import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { StreamName } from '#kernel/id';
import type { ApplicationPorts } from '#application/application.module';
import type { Envelope } from '#application/dispatch/envelope';
import { APPLICATION_PORTS } from '#application/dispatch/tokens';
import { PublishCharter, PublishCharterDto } from '#application/network/publish-charter';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { EnvelopeOf } from '../../commands/envelope';
import { ApiCommand, ApiRead } from '../../openapi/documented';
import { problem } from '../../problems/problem';

export class CharterDto {
  /** Left out: the one in force. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly version?: number;
}

/** What everybody accepts who enters (R1): read by everybody, any version of it. */
@Controller('networks/:networkId/charter')
export class CharterController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log' | 'codec'>,
  ) {}

  @Post()
  @Allow('network-lead')
  @ApiCommand('Publishes the next version of the charter')
  publish(@EnvelopeOf() envelope: Envelope, @Body() dto: PublishCharterDto) {
    return this.commands.execute(new PublishCharter(envelope, dto));
  }

  @Get()
  @Allow('member', 'facilitator', 'network-lead', 'hr', 'auditor', 'operator', 'data-protection-officer', 'dashboard')
  @ApiRead('The charter’s words: of the version in force, or of an earlier one')
  async read(@CallerOf() { networkId }: Caller, @Query() { version }: CharterDto) {
    let found = null;
    for await (const stored of this.ports.log.readStream(`network-${networkId}` as StreamName)) {
      if (stored.type !== 'CharterPublished') continue;
      const { type, data, meta } = this.ports.codec.decode(stored);
      if (type === 'CharterPublished' && data.charterVersion <= (version ?? Infinity))
        found = { charterVersion: data.charterVersion, text: data.text, publishedAt: meta.recordedAt };
    }
    if (!found || (version !== undefined && found.charterVersion !== version))
      throw problem(404, 'charter-not-found', { en: 'There is no such charter', fr: 'Cette charte n’existe pas' });
    return found;
  }
}
