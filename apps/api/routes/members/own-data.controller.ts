import { Body, Controller, Get, Header, Inject, Param, Post } from '@nestjs/common';
import type { Envelope } from '#application/dispatch/envelope';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { NETWORK_FACTS } from '#application/dispatch/tokens';
import type { MemberId } from '#domain/ids';
import { Allow } from '../../../installation/access';
import { ApiRead } from '../../openapi/documented';
import { EnvelopeOf } from '../../commands/envelope';
import { IdPipe } from '../../http/id.pipe';
import { AccessRecorder } from '../../commands/access-recorder';
import { refused } from '../../problems/refusals';
import { MotiveDto } from '../../commands/motive.dto';
import { OwnData, type Reader } from './own-data';

/** What somebody asks for who asks for their own data: nobody needs a reason for that. */
const OWN_DATA = 'Own data';

/** The right of access: by oneself, or through the data protection officer (§7). */
@Controller('networks/:networkId/members')
export class OwnDataController {
  constructor(
    private readonly ownData: OwnData,
    private readonly accesses: AccessRecorder,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
  ) {}

  @Get('me/export')
  @Header('cache-control', 'no-store')
  @Allow('member')
  @ApiRead('Everything that the network keeps of oneself, in one document; the export is recorded')
  export(@EnvelopeOf() envelope: Envelope) {
    return this.document(envelope, { memberId: envelope.by.id, motive: OWN_DATA, reader: 'themself' });
  }

  @Post(':memberId/access-request')
  @Allow('data-protection-officer')
  @ApiRead('What the network keeps of a member who asks for it, without evaluations (R15); the look-up is recorded, with its motive')
  answerRequest(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() { motive }: MotiveDto) {
    return this.document(envelope, { memberId, motive, reader: 'data-protection-officer' });
  }

  private async document(envelope: Envelope, of: { memberId: MemberId; motive: string; reader: Reader }) {
    const { memberId, motive, reader } = of;
    const { networkId } = envelope;
    const subject = `member-${memberId}`;
    await this.accesses.record(envelope, { subject, purpose: 'access-request', motive });
    const mediators = (await this.facts.of(networkId))?.mediators ?? [];
    const document = await this.ownData.of({ networkId, memberId, mediators }, reader);
    if (!document) throw refused({ code: 'member-not-found' });
    return document;
  }
}
