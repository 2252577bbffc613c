import { accept, refuse, type Decider } from '#kernel/decider';
import { addMonths } from '../calendar';
import { declaredByAnother, declaredIn, offerContentRefusal } from '../content-rules';
import { saidBefore } from '../said-before';
import { sameValue } from '../same-value';
import type { OfferContent } from '../vocabulary';
import type { OfferCommand } from './offer.commands';
import type { OfferEvent } from './offer.events';
import type { OfferRefusal } from './offer.refusals';
import { contestOffer, settleOfferContest } from './offer-contest';
import { callOfferReview, lapseOffer } from './offer-review';
import { evolveOffer, hasEnded, idsOf, type KnownOffer, type OfferCommandOf, type OfferDecision, type OfferState } from './offer.state';

export type { OfferRefusal, OfferState };

const isAuthor = ({ by }: OfferCommand, { memberId }: KnownOffer): boolean => by.role !== 'system' && by.id === memberId;
const nextReview = ({ at, network }: OfferCommand) => addMonths(at, network.policy.reviewMonths);

/** R6: a facilitator may help to formalise; only the author publishes, and declares (R14). */
const draftOffer = ({ data, by, network }: OfferCommandOf<'DraftOffer'>, offer: OfferState): OfferDecision => {
  if (by.role === 'system' || (by.id !== data.memberId && by.role !== 'facilitator')) return refuse({ code: 'not-allowed' });
  const declared = declaredByAnother([data.content], by.id === data.memberId);
  if (declared) return refuse(declared);
  if (offer.status === 'unknown') return accept({ type: 'OfferDrafted', data: { networkId: network.networkId, ...data } });
  return saidBefore([offer.status, offer.memberId, offer.content], ['draft', data.memberId, data.content], { code: 'offer-exists' });
};

/** By its author, or from their enrolment (R1). A draft is published as it stands where nothing newer is given. */
const publishOffer = (command: OfferCommandOf<'PublishOffer'>, offer: OfferState): OfferDecision => {
  const { data, by, network } = command;
  const draft = offer.status === 'unknown' ? null : offer.content;
  const content = data.content ?? (draft && data.declared ? declaredIn(draft) : draft);
  if (content === null) return refuse({ code: 'offer-not-found' });
  const ofAuthor = offer.status === 'unknown' || offer.memberId === data.memberId;
  if (!ofAuthor || (by.role !== 'system' && by.id !== data.memberId)) return refuse({ code: 'not-allowed' });
  if (offer.status !== 'unknown' && offer.status !== 'draft') return publishedBefore(content, offer);
  const refusal = offerContentRefusal(content);
  if (refusal) return refuse(refusal);
  const ids = { offerId: data.offerId, memberId: data.memberId, networkId: network.networkId };
  return accept({ type: 'OfferPublished', data: { ...ids, content, reviewDueAt: nextReview(command) } });
};

const publishedBefore = (content: OfferContent, offer: KnownOffer): OfferDecision => {
  if (hasEnded(offer)) return refuse({ code: 'offer-ended' });
  if (offer.status === 'paused') return refuse({ code: 'offer-paused' });
  return saidBefore(offer.content, content, { code: 'offer-already-published' });
};

const reviseOffer = (command: OfferCommandOf<'ReviseOffer'>, offer: KnownOffer): OfferDecision => {
  const { content } = command.data;
  if (!isAuthor(command, offer)) return refuse({ code: 'not-allowed' });
  if (hasEnded(offer)) return refuse({ code: 'offer-ended' });
  if (sameValue(content, offer.content)) return accept();
  const refusal = offer.status === 'draft' ? null : offerContentRefusal(content);
  return refusal ? refuse(refusal) : accept({ type: 'OfferRevised', data: { ...idsOf(offer), content } });
};

const confirmOffer = (command: OfferCommandOf<'ConfirmOffer'>, offer: KnownOffer): OfferDecision => {
  const reviewDueAt = nextReview(command);
  if (!isAuthor(command, offer)) return refuse({ code: 'not-allowed' });
  if (offer.status === 'published' && offer.reviewDueAt === reviewDueAt) return accept();
  if (hasEnded(offer)) return refuse({ code: 'offer-ended' });
  if (offer.status === 'draft') return refuse({ code: 'offer-not-published' });
  if (offer.status === 'paused') return refuse({ code: 'offer-paused' });
  return accept({ type: 'OfferConfirmed', data: { ...idsOf(offer), reviewDueAt } });
};

const pauseOffer = (command: OfferCommandOf<'PauseOffer'>, offer: KnownOffer): OfferDecision => {
  if (!isAuthor(command, offer)) return refuse({ code: 'not-allowed' });
  if (offer.status === 'paused') return accept();
  if (hasEnded(offer)) return refuse({ code: 'offer-ended' });
  if (offer.status === 'draft') return refuse({ code: 'offer-not-published' });
  return accept({ type: 'OfferPaused', data: idsOf(offer) });
};

/** Resuming is the author's word that it still holds: the review window starts anew. */
const resumeOffer = (command: OfferCommandOf<'ResumeOffer'>, offer: KnownOffer): OfferDecision => {
  if (!isAuthor(command, offer)) return refuse({ code: 'not-allowed' });
  if (offer.status === 'published' || offer.status === 'review-due') return accept();
  if (hasEnded(offer)) return refuse({ code: 'offer-ended' });
  if (offer.status === 'draft') return refuse({ code: 'offer-not-published' });
  return accept({ type: 'OfferResumed', data: { ...idsOf(offer), reviewDueAt: nextReview(command) } });
};

/** By its author, or because they left (§3). */
const withdrawOffer = (command: OfferCommandOf<'WithdrawOffer'>, offer: KnownOffer): OfferDecision => {
  if (command.by.role !== 'system' && !isAuthor(command, offer)) return refuse({ code: 'not-allowed' });
  if (offer.status === 'withdrawn') return accept();
  if (hasEnded(offer)) return refuse({ code: 'offer-ended' });
  return accept({ type: 'OfferWithdrawn', data: idsOf(offer) });
};

const decideKnown = (command: Exclude<OfferCommand, { type: 'DraftOffer' | 'PublishOffer' }>, offer: KnownOffer): OfferDecision => {
  switch (command.type) {
    case 'ReviseOffer':
      return reviseOffer(command, offer);
    case 'ConfirmOffer':
      return confirmOffer(command, offer);
    case 'PauseOffer':
      return pauseOffer(command, offer);
    case 'ResumeOffer':
      return resumeOffer(command, offer);
    case 'WithdrawOffer':
      return withdrawOffer(command, offer);
    case 'ContestOffer':
      return contestOffer(command, offer);
    case 'SettleOfferContest':
      return settleOfferContest(command, offer);
    case 'CallOfferReview':
      return callOfferReview(command, offer);
    case 'LapseOffer':
      return lapseOffer(command, offer);
  }
};

const decide = (command: OfferCommand, offer: OfferState): OfferDecision => {
  if (command.type === 'DraftOffer') return draftOffer(command, offer);
  if (command.type === 'PublishOffer') return publishOffer(command, offer);
  return offer.status === 'unknown' ? refuse({ code: 'offer-not-found' }) : decideKnown(command, offer);
};

export const offerDecider: Decider<OfferState, OfferCommand, OfferEvent, OfferRefusal> = {
  initial: { status: 'unknown' },
  evolve: evolveOffer,
  decide,
};
