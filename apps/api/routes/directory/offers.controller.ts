import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { AskForOffer, AskForOfferDto } from '#application/match/ask-for-offer';
import { ConfirmOffer } from '#application/offer/confirm-offer';
import { ContestOffer, ContestOfferDto } from '#application/offer/contest-offer';
import { DraftOffer, DraftOfferDto } from '#application/offer/draft-offer';
import type { Envelope } from '#application/dispatch/envelope';
import { idFrom } from '#application/dispatch/derived-ids';
import { PauseOffer } from '#application/offer/pause-offer';
import { PublishOffer, PublishOfferDto, PublishNewOfferDto } from '#application/offer/publish-offer';
import { ResumeOffer } from '#application/offer/resume-offer';
import { ReviseOffer, ReviseOfferDto } from '#application/offer/revise-offer';
import { SettleOfferContest, SettleOfferContestDto } from '#application/offer/settle-offer-contest';
import { WithdrawOffer } from '#application/offer/withdraw-offer';
import type { OfferId } from '#domain/ids';
import { Allow } from '../../../installation/access';
import { ApiCommand } from '../../openapi/documented';
import { EnvelopeOf } from '../../commands/envelope';
import { IdPipe } from '../../http/id.pipe';

/** What members can give. */
@Controller('networks/:networkId/offers')
export class OffersController {
  constructor(private readonly commands: CommandBus) {}

  @Post('drafts')
  @Allow('facilitator', 'member')
  @ApiCommand('Drafts an offer; a facilitator may help')
  async draft(@EnvelopeOf() envelope: Envelope, @Body() dto: DraftOfferDto) {
    return { offerId: idFrom(envelope.commandId, 'offer'), ...(await this.commands.execute(new DraftOffer(envelope, dto))) };
  }

  @Post()
  @Allow('member')
  @ApiCommand('Publishes a new offer (R6, R14)')
  async publish(@EnvelopeOf() envelope: Envelope, @Body() dto: PublishNewOfferDto) {
    return { offerId: idFrom(envelope.commandId, 'offer'), ...(await this.commands.execute(new PublishOffer(envelope, null, dto))) };
  }

  @Post(':offerId/publication')
  @Allow('member')
  @ApiCommand('Publishes a draft')
  publishDraft(@EnvelopeOf() envelope: Envelope, @Param('offerId', IdPipe) offerId: OfferId, @Body() dto: PublishOfferDto) {
    return this.commands.execute(new PublishOffer(envelope, offerId, dto));
  }

  @Put(':offerId')
  @Allow('member')
  @ApiCommand('Revises the wording or the terms')
  revise(@EnvelopeOf() envelope: Envelope, @Param('offerId', IdPipe) offerId: OfferId, @Body() dto: ReviseOfferDto) {
    return this.commands.execute(new ReviseOffer(envelope, offerId, dto));
  }

  @Post(':offerId/confirmation')
  @Allow('member')
  @ApiCommand('Answers the yearly review: it still stands')
  confirm(@EnvelopeOf() envelope: Envelope, @Param('offerId', IdPipe) offerId: OfferId) {
    return this.commands.execute(new ConfirmOffer(envelope, offerId));
  }

  @Post(':offerId/pause')
  @Allow('member')
  @ApiCommand('Takes it out of the directory for a while')
  pause(@EnvelopeOf() envelope: Envelope, @Param('offerId', IdPipe) offerId: OfferId) {
    return this.commands.execute(new PauseOffer(envelope, offerId));
  }

  @Post(':offerId/resume')
  @Allow('member')
  @ApiCommand('Puts it back')
  resume(@EnvelopeOf() envelope: Envelope, @Param('offerId', IdPipe) offerId: OfferId) {
    return this.commands.execute(new ResumeOffer(envelope, offerId));
  }

  @Post(':offerId/withdrawal')
  @Allow('member')
  @ApiCommand('Withdraws it')
  withdraw(@EnvelopeOf() envelope: Envelope, @Param('offerId', IdPipe) offerId: OfferId) {
    return this.commands.execute(new WithdrawOffer(envelope, offerId));
  }

  @Post(':offerId/contest')
  @Allow('member')
  @ApiCommand('Contests it as not professional, a service, misleading or confidential (R14)')
  contest(@EnvelopeOf() envelope: Envelope, @Param('offerId', IdPipe) offerId: OfferId, @Body() dto: ContestOfferDto) {
    return this.commands.execute(new ContestOffer(envelope, offerId, dto));
  }

  @Post(':offerId/contest-settlement')
  @Allow('facilitator')
  @ApiCommand('Settles the contest: kept, or taken down')
  settleContest(@EnvelopeOf() envelope: Envelope, @Param('offerId', IdPipe) offerId: OfferId, @Body() dto: SettleOfferContestDto) {
    return this.commands.execute(new SettleOfferContest(envelope, offerId, dto));
  }

  @Post(':offerId/ask')
  @Allow('member')
  @ApiCommand('Asks for an offer with an own request: the asker’s acceptance is included')
  async ask(@EnvelopeOf() envelope: Envelope, @Param('offerId', IdPipe) offerId: OfferId, @Body() dto: AskForOfferDto) {
    return { matchId: idFrom(envelope.commandId, 'match'), ...(await this.commands.execute(new AskForOffer(envelope, offerId, dto))) };
  }
}
