import { Body, Controller, Headers, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { EventId } from '#kernel/id';
import type { ExchangeId } from '#domain/ids';
import { PRINTABLE_POLICY } from '#html/printable-page';
import { lookAtEvent, lookAtExchange, type Looked } from '../../../audit/look';
import { replayPage } from '../../../audit/page';
import { stepsCsv } from '../../../audit/steps-csv';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { Looks } from '../../commands/looks';
import { EnvelopeOf, type AskedEnvelope } from '../../commands/envelope';
import { MotiveDto } from '../../commands/motive.dto';
import { preferredForm } from '../../http/accepted';
import { IdPipe } from '../../http/id.pipe';
import { ApiRead, ApiReadAsCsvOrPage } from '../../openapi/documented';
import { problem } from '../../problems/problem';
import { tokenOf } from '../../queries/consistency-token';
import { LabelLanguage } from '../../queries/label-language';
import { LOG_ID } from '../../queries/query-runner';
import { AuditDesks } from './audit-desks';
import { ReplayDto } from './audit.dto';
import { momentIn } from './moment-in';

const notYet = () =>
  problem(404, 'exchange-not-found', {
    en: 'There is no such exchange, or there was none yet',
    fr: 'Cet échange n’existe pas, ou pas encore alors',
  });
const noSuchEvent = () => problem(404, 'event-not-found', { en: 'There is no such event here', fr: 'Cet événement n’existe pas ici' });

/** What happened, from the log itself, for the auditor: each look is recorded, with its motive, before anything is shown (§7). */
@Controller('networks/:networkId')
export class AuditController {
  constructor(
    private readonly desks: AuditDesks,
    private readonly languages: LabelLanguage,
    @Inject(LOG_ID) private readonly logId: string,
  ) {}

  @Post('exchanges/:exchangeId/replay')
  @Allow('auditor')
  @Looks('audit', 'identity')
  @ApiReadAsCsvOrPage(
    'Replays an exchange over all its histories, as it stands or at a moment, pseudonymised; the look-up is recorded, with its motive',
  )
  async replay(
    @EnvelopeOf() envelope: AskedEnvelope,
    @CallerOf() caller: Caller,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Body() dto: ReplayDto,
    @Headers() { accept, 'accept-language': spoken }: Readonly<Record<string, string | undefined>>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { motive, namesMotive, since, ...at } = dto;
    const looked = await lookAtExchange(this.desks.open(envelope), {
      ...{ exchangeId, motive, at: momentIn(at, this.logId) },
      ...(namesMotive === undefined ? {} : { namesMotive }),
      ...(since === undefined ? {} : { since: momentIn(since, this.logId) }),
    });
    if (!looked) throw notYet();
    const form = preferredForm(accept);
    if (form === 'json') return this.told(looked);
    const { replayed, people } = looked;
    const file = `attachment; filename="exchange-${exchangeId}.csv"`;
    if (form === 'csv') {
      void reply.type('text/csv; charset=utf-8').header('content-disposition', file);
      return stepsCsv(replayed.steps);
    }
    void reply.type('text/html; charset=utf-8').header('content-security-policy', PRINTABLE_POLICY);
    const language = await this.languages.for(caller, undefined, spoken);
    return replayPage(replayed, { exchangeId, networkId: envelope.networkId, language, people });
  }

  @Post('events/:eventId/opening')
  @Allow('auditor')
  @Looks('audit')
  @ApiRead('Opens any event that an answer names: what it is, says and came from; the look-up is recorded, with its motive')
  async open(@EnvelopeOf() envelope: AskedEnvelope, @Param('eventId', IdPipe) eventId: EventId, @Body() { motive }: MotiveDto) {
    const event = await lookAtEvent(this.desks.open(envelope), { eventId, motive });
    if (!event) throw noSuchEvent();
    return { event: this.placed(event) };
  }

  private told({ replayed, people }: Looked) {
    const { position, recordedAt, steps, difference, ...rest } = replayed;
    const from = difference?.from;
    return {
      readPosition: { logId: this.logId, position: tokenOf(position, this.logId), recordedAt },
      ...rest,
      people,
      steps: steps.map((step) => this.placed(step)),
      difference: difference && { ...difference, from: from ? this.placed(from) : null },
    };
  }

  private placed<Here extends { readonly position: Looked['replayed']['position'] }>(here: Here) {
    return { ...here, position: tokenOf(here.position, this.logId) };
  }
}
