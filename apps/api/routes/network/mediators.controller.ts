import { Controller, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Envelope } from '#application/dispatch/envelope';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { NETWORK_FACTS } from '#application/dispatch/tokens';
import { NameMediator } from '#application/network/name-mediator';
import { RemoveMediator } from '#application/network/remove-mediator';
import type { MemberId } from '#domain/ids';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { EnvelopeOf } from '../../commands/envelope';
import { IdPipe } from '../../http/id.pipe';
import { ApiCommand, ApiRead } from '../../openapi/documented';
import { Visibility } from '../../queries/visibility';

/** Who brings people together (R9): named by the network lead. */
@Controller('networks/:networkId/mediators')
export class MediatorsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly visibility: Visibility,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
  ) {}

  @Get()
  @Allow('member', 'mediator', 'facilitator', 'network-lead')
  @ApiRead('The mediators of the network, to plan a connection with one of them (R9)')
  async list(@CallerOf() { networkId }: Caller) {
    const { mediators = [] } = (await this.facts.of(networkId)) ?? {};
    const named = await this.visibility.namesOf(networkId, mediators);
    return { mediators: mediators.map((memberId) => ({ memberId, name: named.get(memberId)?.name ?? null })) };
  }

  @Put(':memberId')
  @Allow('network-lead')
  @ApiCommand('Names a mediator')
  name(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId) {
    return this.commands.execute(new NameMediator(envelope, memberId));
  }

  @Delete(':memberId')
  @Allow('network-lead')
  @ApiCommand('Removes a mediator')
  remove(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId) {
    return this.commands.execute(new RemoveMediator(envelope, memberId));
  }
}
