import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { ApplicationPorts } from '#application/application.module';
import type { Envelope } from '#application/dispatch/envelope';
import { APPLICATION_PORTS } from '#application/dispatch/tokens';
import type { ExchangeId } from '#domain/ids';
import { Allow } from '../../installation/access';
import { tokenOf } from '../queries/consistency-token';
import { ApiRead } from '../openapi/documented';
import { EnvelopeOf } from '../commands/envelope';
import { IdPipe } from '../http/id.pipe';
import { AccessRecorder } from '../commands/access-recorder';
import { problem } from '../problems/problem';
import { LOG_ID } from '../queries/query-runner';
import { eachLook } from './each-look';
import { ReplayDto } from './motive.dto';
import { matchBehind, replayExchange } from './replay';

/** The auditor's replay. */
@ApiTags('oversight')
@Controller('networks/:networkId')
export class OversightController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log' | 'codec'>,
    @Inject(LOG_ID) private readonly logId: string,
  ) {}

  @Post('exchanges/:exchangeId/replay')
  @HttpCode(200)
  @Allow('auditor')
  @ApiRead('Replays an exchange, as it stands or at a version or time, pseudonymised; the look-up is recorded, with its motive')
  async replay(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: ReplayDto) {
    const { motive, ...until } = dto;
    const { networkId } = envelope;
    await new AccessRecorder(this.commands).record(eachLook(envelope), { subject: `exchange-${exchangeId}`, purpose: 'audit', motive });
    const replayed = await replayExchange(this.ports, { networkId, exchangeId }, until);
    if (!replayed)
      throw problem(404, 'exchange-not-found', {
        en: 'There is no such exchange, or there was none yet',
        fr: 'Cet échange n’existe pas, ou pas encore alors',
      });
    const { position, recordedAt, revision, exchange } = replayed;
    const standing = { logId: this.logId, position: tokenOf(position, this.logId), recordedAt };
    return { standing, revision, exchange, match: await matchBehind(this.ports, exchange.matchId) };
  }
}
