import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '#kernel/clock';
import { asOfOrNow } from '#kernel/instant';
import type { Envelope } from '#application/dispatch/envelope';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { CLOCK, NETWORK_FACTS } from '#application/dispatch/tokens';
import type { MemberId } from '#domain/ids';
import { NamesOf } from '#projections/member-page/names.queries';
import { DormantMembers } from '#projections/risk/dormant-members.queries';
import { Allow, CallerOf, type Caller } from '../../installation/access';
import { After, type Token } from '../queries/consistency-token';
import { ApiRead } from '../openapi/documented';
import { EnvelopeOf } from '../commands/envelope';
import { IdPipe } from '../http/id.pipe';
import { AccessRecorder } from '../commands/access-recorder';
import { refused } from '../problems/refusals';
import { QueryRunner } from '../queries/query-runner';
import { NAMES } from '../queries/seeing';
import { eachLook } from './each-look';
import { MotiveDto } from './motive.dto';
import { PageDto, pageOf } from './page.dto';

/** Who is who, for those who may know (§7). */
@ApiTags('people')
@Controller('networks/:networkId')
export class PeopleController {
  constructor(
    private readonly reading: QueryRunner,
    private readonly commands: CommandBus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
  ) {}

  @Get('members/dormant')
  @Allow('facilitator')
  @ApiRead('Members without an act of their own for 180 days, to help them (§5, §7); by id: nobody is ranked (R4)')
  async dormant(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: PageDto) {
    const query = new DormantMembers(networkId, asOfOrNow(undefined, this.clock.now()), pageOf(dto));
    const { standing, members, next } = await this.reading.ask(query, { models: ['risk', ...NAMES], after });
    const named = await this.namesOf(
      networkId,
      members.map(({ memberId }) => memberId),
    );
    const shown = members.map((member) => {
      const { name = null, status = null } = named.get(member.memberId) ?? {};
      return { ...member, name, status };
    });
    return { standing, members: shown, next };
  }

  @Get('mediators')
  @Allow('member', 'mediator', 'facilitator', 'network-lead')
  @ApiRead('The mediators of the network, to plan a connection with one of them (R9)')
  async mediators(@CallerOf() { networkId }: Caller) {
    const { mediators = [] } = (await this.facts.of(networkId)) ?? {};
    const named = await this.namesOf(networkId, mediators);
    return { mediators: mediators.map((memberId) => ({ memberId, name: named.get(memberId)?.name ?? null })) };
  }

  @Post('members/:memberId/identity')
  @HttpCode(200)
  @Allow('auditor', 'data-protection-officer')
  @ApiRead('Who a member is; the look-up is recorded, with its motive')
  async identity(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() { motive }: MotiveDto) {
    await new AccessRecorder(this.commands).record(eachLook(envelope), { subject: `member-${memberId}`, purpose: 'identity', motive });
    const member = (await this.namesOf(envelope.networkId, [memberId])).get(memberId);
    if (!member) throw refused({ code: 'member-not-found' });
    const { status, name, email } = member;
    return { member: { memberId, status, name, email } };
  }

  private async namesOf(networkId: string, ids: readonly string[]) {
    return (await this.reading.ask(new NamesOf(networkId, ids), { models: [], after: undefined })).named;
  }
}
