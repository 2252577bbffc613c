import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { ChangePolicy, ChangePolicyDto } from '#application/network/change-policy';
import type { Envelope } from '#application/dispatch/envelope';
import { NameMediator } from '#application/network/name-mediator';
import { OpenNetwork, OpenNetworkDto } from '#application/network/open-network';
import { PublishCharter, PublishCharterDto } from '#application/network/publish-charter';
import { RemoveMediator } from '#application/network/remove-mediator';
import type { MemberId } from '#domain/ids';
import { Allow } from '../../installation/access';
import { ApiCommand } from '../openapi/documented';
import { EnvelopeOf } from '../commands/envelope';
import { IdPipe } from '../http/id.pipe';

/** The network itself: opened, steered and named by its lead. */
@ApiTags('network')
@Controller('networks/:networkId')
export class NetworkController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Allow('network-lead')
  @ApiCommand('Opens the network (R23)')
  open(@EnvelopeOf() envelope: Envelope, @Body() dto: OpenNetworkDto) {
    return this.commands.execute(new OpenNetwork(envelope, dto));
  }

  @Patch('policy')
  @Allow('network-lead')
  @ApiCommand('Changes the policy: windows that are open keep their end')
  changePolicy(@EnvelopeOf() envelope: Envelope, @Body() dto: ChangePolicyDto) {
    return this.commands.execute(new ChangePolicy(envelope, dto));
  }

  @Post('charter')
  @HttpCode(200)
  @Allow('network-lead')
  @ApiCommand('Publishes the next version of the charter')
  publishCharter(@EnvelopeOf() envelope: Envelope, @Body() dto: PublishCharterDto) {
    return this.commands.execute(new PublishCharter(envelope, dto));
  }

  @Put('mediators/:memberId')
  @Allow('network-lead')
  @ApiCommand('Names a mediator')
  nameMediator(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId) {
    return this.commands.execute(new NameMediator(envelope, memberId));
  }

  @Delete('mediators/:memberId')
  @Allow('network-lead')
  @ApiCommand('Removes a mediator')
  removeMediator(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId) {
    return this.commands.execute(new RemoveMediator(envelope, memberId));
  }
}
