import { Body, Controller, Get, Header, Headers, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { NETWORK_FACTS } from '#application/dispatch/tokens';
import type { MemberId } from '#domain/ids';
import { PRINTABLE_POLICY } from '#html/printable-page';
import { Allow, type WithCaller } from '../../../installation/access';
import { ApiReadAsPage } from '../../openapi/documented';
import { EnvelopeOf, type AskedEnvelope } from '../../commands/envelope';
import { IdPipe } from '../../http/id.pipe';
import { prefersHtml } from '../../http/accepted';
import { LabelLanguage } from '../../queries/label-language';
import { AccessRecorder } from '../../commands/access-recorder';
import { Looks } from '../../commands/looks';
import { refused } from '../../problems/refusals';
import { MotiveDto } from '../../commands/motive.dto';
import { OwnData, type Reader } from './own-data';
import { ownDataPage } from './own-data-page';

/** What somebody asks for who asks for their own data: nobody needs a reason for that. */
const OWN_DATA = 'Own data';

type Asked = Readonly<Record<'accept' | 'accept-language', string | undefined>>;
type Document = NonNullable<Awaited<ReturnType<OwnData['of']>>> & { readonly signedInUntil: string | null };

/** The right of access: by oneself, or through the data protection officer (§7). */
@Controller('networks/:networkId/members')
export class OwnDataController {
  constructor(
    private readonly ownData: OwnData,
    private readonly accesses: AccessRecorder,
    private readonly languages: LabelLanguage,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
  ) {}

  @Get('me/export')
  @Header('cache-control', 'no-store')
  @Allow('member')
  @Looks('access-request')
  @ApiReadAsPage('Everything that the network keeps of oneself, in one document; the export is recorded')
  async export(
    @EnvelopeOf() envelope: AskedEnvelope,
    @Headers() asked: Asked,
    @Req() { sessionExpiresAt }: WithCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const document = await this.document(envelope, { memberId: envelope.by.id, motive: OWN_DATA, reader: 'themself' });
    return this.shown({ ...document, signedInUntil: sessionExpiresAt ?? null }, { envelope, asked, reply });
  }

  @Post(':memberId/access-request')
  @Header('cache-control', 'no-store')
  @Allow('data-protection-officer')
  @Looks('access-request')
  @ApiReadAsPage('What the network keeps of a member who asks for it, without evaluations (R15); the look-up is recorded, with its motive')
  async answerRequest(
    @EnvelopeOf() envelope: AskedEnvelope,
    @Param('memberId', IdPipe) memberId: MemberId,
    @Body() { motive }: MotiveDto,
    @Headers() asked: Asked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const document = await this.document(envelope, { memberId, motive, reader: 'data-protection-officer' });
    return this.shown({ ...document, signedInUntil: null }, { envelope, asked, reply });
  }

  private async document(envelope: AskedEnvelope, of: { memberId: MemberId; motive: string; reader: Reader }) {
    const { memberId, motive, reader } = of;
    const { networkId } = envelope;
    const subject = `member-${memberId}`;
    await this.accesses.record(envelope, { subject, purpose: 'access-request', motive });
    const mediators = (await this.facts.of(networkId))?.mediators ?? [];
    const document = await this.ownData.of({ networkId, memberId, mediators }, reader);
    if (!document) throw refused({ code: 'member-not-found' });
    return document;
  }

  /** As it was asked for: for a program, or for a person. */
  private async shown(document: Document, to: { envelope: AskedEnvelope; asked: Asked; reply: FastifyReply }): Promise<Document | string> {
    const { networkId, by } = to.envelope;
    void to.reply.header('vary', 'accept, accept-language');
    if (!prefersHtml(to.asked.accept)) return document;
    const language = await this.languages.for({ networkId, actor: by }, undefined, to.asked['accept-language']);
    const timeZone = (await this.facts.of(networkId))?.timeZone ?? 'UTC';
    void to.reply.type('text/html; charset=utf-8').header('content-security-policy', PRINTABLE_POLICY);
    return ownDataPage(document, { language, timeZone });
  }
}
