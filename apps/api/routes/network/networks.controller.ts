import { Body, Controller, Get, Inject, Patch, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Envelope } from '#application/dispatch/envelope';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { NETWORK_FACTS } from '#application/dispatch/tokens';
import { ChangePolicy, ChangePolicyDto } from '#application/network/change-policy';
import { OpenNetwork, OpenNetworkDto } from '#application/network/open-network';
import { Allow, AnyToken, CallerOf, HolderOf, type Caller, type Holder } from '../../../installation/access';
import { EnvelopeOf } from '../../commands/envelope';
import { ApiCommand, ApiRead } from '../../openapi/documented';
import { refused } from '../../problems/refusals';
import { NetworksOfHolder } from '../../queries/networks-of-holder';

/** The networks of a token, where somebody may begin (R23), and one of them: opened and steered by its lead. */
@Controller('networks')
export class NetworksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly held: NetworksOfHolder,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
  ) {}

  @Get()
  @AnyToken()
  @ApiRead('The open networks in which the token has roles, for an operator every one: what they are called, and what one is there (R23)')
  async list(@HolderOf() holder: Holder) {
    return { networks: await this.held.shown(holder) };
  }

  @Get(':networkId')
  @Allow('member', 'facilitator', 'network-lead', 'hr', 'auditor', 'operator', 'data-protection-officer', 'dashboard')
  @ApiRead('The network: its label, policy, charter version and time zone')
  async read(@CallerOf() { networkId }: Caller) {
    const facts = await this.facts.of(networkId);
    if (!facts) throw refused({ code: 'network-not-found' });
    const { label, policy, policyVersion, charterVersion, timeZone, defaultLanguage } = facts;
    return { networkId, label, policy, policyVersion, charterVersion, timeZone, defaultLanguage };
  }

  @Post(':networkId')
  @Allow('network-lead')
  @ApiCommand('Opens the network (R23)')
  open(@EnvelopeOf() envelope: Envelope, @Body() dto: OpenNetworkDto) {
    return this.commands.execute(new OpenNetwork(envelope, dto));
  }

  @Patch(':networkId/policy')
  @Allow('network-lead')
  @ApiCommand('Changes the policy: windows that are open keep their end')
  changePolicy(@EnvelopeOf() envelope: Envelope, @Body() dto: ChangePolicyDto) {
    return this.commands.execute(new ChangePolicy(envelope, dto));
  }
}
