import { addDays } from '#domain/calendar';
import type { SentCommand } from '#domain/catalogue';
import type { MemberId, OfferId, RequestId } from '#domain/ids';
import { offerContent, requestContent } from '#testing/content';
import { ana, asDataProtectionOfficer, asFacilitator, asMember, bo, cleo, dia, eli, pam, quin } from '#testing/people';
import { one, pick, type Act, type Stage } from './random-acts.fixture';

const everybody: readonly MemberId[] = [ana, bo, cleo, dia, eli];

export const ofMember = ({ now }: Stage, a: number, b: number): readonly Act[] => {
  const memberId = pick(everybody, a)!;
  const acts: readonly SentCommand[] = [
    { type: 'PauseMembership', data: { memberId, until: addDays(now, 5 + (b % 100)) } },
    { type: 'ResumeMembership', data: { memberId } },
    { type: 'SetCapacity', data: { memberId, capacity: 1 + (b % 3) } },
    { type: 'EnrolMember', data: { memberId, offers: [], requests: [] } },
    { type: 'LeaveNetwork', data: { memberId, reason: null } },
    { type: 'EnrolMember', data: { memberId, offers: [], requests: [] } },
    { type: 'ResumeMembership', data: { memberId } },
  ];
  return one(asMember(memberId), pick(acts, b)!);
};

export const erase = ({ now }: Stage, a: number, b: number): readonly Act[] => {
  const memberId = pick(everybody, a)!;
  return [
    { by: asDataProtectionOfficer(pam), order: { type: 'AskForErasure', data: { memberId } } },
    { by: asDataProtectionOfficer(quin), order: { type: 'ApproveErasure', data: { memberId } } },
    ...(b % 2 === 0 ? [] : one(asDataProtectionOfficer(pam), { type: 'DeferErasure', data: { memberId, until: addDays(now, 20) } })),
  ];
};

export const publish = ({ number }: Stage, a: number, b: number): readonly Act[] => {
  const memberId = pick(everybody, a)!;
  const [offerId, requestId] = [`offer-${number}` as OfferId, `request-${number}` as RequestId];
  return one(
    asMember(memberId),
    b % 2 === 0
      ? { type: 'PublishOffer', data: { offerId, memberId, content: offerContent() } }
      : { type: 'PublishRequest', data: { requestId, memberId, content: requestContent() } },
  );
};

export const ofOffer = ({ offers }: Stage, a: number, b: number): readonly Act[] => {
  const offer = pick(offers, a);
  if (!offer) return [];
  const { offerId, memberId } = offer;
  const by = asMember(memberId);
  const acts: readonly Act[] = [
    { by, order: { type: 'PauseOffer', data: { offerId } } },
    { by, order: { type: 'ResumeOffer', data: { offerId } } },
    { by, order: { type: 'ConfirmOffer', data: { offerId } } },
    { by, order: { type: 'WithdrawOffer', data: { offerId } } },
    { by: asMember(memberId === ana ? bo : ana), order: { type: 'ContestOffer', data: { offerId, kind: 'a-service', text: '…' } } },
    { by: asFacilitator(), order: { type: 'SettleOfferContest', data: { offerId, outcome: 'taken-down', text: '…' } } },
    { by, order: { type: 'ResumeOffer', data: { offerId } } },
  ];
  return [pick(acts, b)!];
};

export const ofRequest = ({ requests }: Stage, a: number, b: number): readonly Act[] => {
  const request = pick(requests, a);
  if (!request) return [];
  const { requestId, memberId } = request;
  const by = asMember(memberId);
  const acts: readonly Act[] = [
    { by, order: { type: 'PauseRequest', data: { requestId } } },
    { by, order: { type: 'ResumeRequest', data: { requestId } } },
    { by, order: { type: 'ConfirmRequest', data: { requestId } } },
    { by, order: { type: 'WithdrawRequest', data: { requestId } } },
    { by: asMember(memberId === ana ? bo : ana), order: { type: 'ContestRequest', data: { requestId, kind: 'a-service', text: '…' } } },
    { by: asFacilitator(), order: { type: 'SettleRequestContest', data: { requestId, outcome: 'kept', text: '…' } } },
    { by, order: { type: 'ResumeRequest', data: { requestId } } },
  ];
  return [pick(acts, b)!];
};
