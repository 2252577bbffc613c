import { addDays } from '#domain/calendar';
import type { OfferCommand } from '#domain/offer/offer.commands';
import type { OfferState } from '#domain/offer/offer.decider';
import { now } from '#testing/commands';
import { offerContent, offerId } from '#testing/content';
import { asFacilitator, asMember, ana, cleo, system } from '#testing/people';
import type { CommandInputs } from './explore';

const me = { offerId: offerId('offer-1') };
const author = { ...me, memberId: ana };
const revised = offerContent({ wording: 'Autrement dit' });
/** Each word of the author's is a day later than the first, so that it is another. */
const tomorrow = addDays(now, 1);

export const offerInputs: CommandInputs<OfferCommand, OfferState> = {
  DraftOffer: () => [{ data: { ...author, content: offerContent() }, by: asMember(ana) }],
  PublishOffer: () => [
    { data: { ...author, content: offerContent() }, by: asMember(ana) },
    { data: { ...author, content: null, declared: true }, by: asMember(ana) },
  ],
  ReviseOffer: () => [{ data: { ...me, content: revised }, by: asMember(ana) }],
  ConfirmOffer: () => [{ data: me, by: asMember(ana), at: tomorrow }],
  PauseOffer: () => [{ data: me, by: asMember(ana) }],
  ResumeOffer: () => [{ data: me, by: asMember(ana) }],
  WithdrawOffer: () => [{ data: me, by: asMember(ana) }],
  ContestOffer: () => [{ data: { ...me, kind: 'a-service', text: 'C’est un dépannage' }, by: asMember(cleo) }],
  SettleOfferContest: () =>
    (['kept', 'taken-down'] as const).map((outcome) => ({ data: { ...me, outcome, text: 'Vu ensemble' }, by: asFacilitator() })),
  CallOfferReview: (offer) => {
    const reviewDueAt = 'reviewDueAt' in offer ? offer.reviewDueAt : now;
    return [{ data: { ...me, reviewDueAt }, by: system, at: reviewDueAt }];
  },
  LapseOffer: (offer) => {
    const lapseAt = 'lapseAt' in offer ? offer.lapseAt : now;
    return [{ data: { ...me, lapseAt }, by: system, at: lapseAt }];
  },
};
