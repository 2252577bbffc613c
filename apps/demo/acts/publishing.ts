import { ConfirmOffer } from '#application/offer/confirm-offer';
import { ConfirmRequest } from '#application/request/confirm-request';
import { PauseOffer } from '#application/offer/pause-offer';
import { PauseRequest } from '#application/request/pause-request';
import { PublishOffer, PublishOfferDto } from '#application/offer/publish-offer';
import { PublishRequest, PublishRequestDto } from '#application/request/publish-request';
import { ResumeOffer } from '#application/offer/resume-offer';
import { ResumeRequest } from '#application/request/resume-request';
import { ReviseOffer, ReviseOfferDto } from '#application/offer/revise-offer';
import { ReviseRequest, ReviseRequestDto } from '#application/request/revise-request';
import { WithdrawOffer } from '#application/offer/withdraw-offer';
import { WithdrawRequest } from '#application/request/withdraw-request';
import type { MemberId, OfferId, RequestId } from '#domain/ids';
import type { StarterTopic } from '#topics/starter-topics';
import type { Chance } from '../seeded-random';
import { as, dto, type Reactions, type Stage } from '../stage';

const isIn = (stage: Stage, memberId: MemberId): boolean =>
  ['enrolled', 'suspended'].includes(stage.book.members.get(memberId)?.status ?? '');

export const publishRequest = async (stage: Stage, memberId: MemberId, chance: Chance): Promise<void> => {
  const person = stage.people.get(memberId);
  if (!person || !isIn(stage, memberId)) return;
  const fields = dto(PublishRequestDto, { content: stage.catalogue.request(person, chance) });
  await stage.give(as(memberId), (envelope) => new PublishRequest(envelope, null, fields));
};

export const publishOffer = async (stage: Stage, memberId: MemberId, chance: Chance, topic?: StarterTopic): Promise<void> => {
  const person = stage.people.get(memberId);
  if (!person || !isIn(stage, memberId)) return;
  const fields = dto(PublishOfferDto, { content: stage.catalogue.offer(person, chance, topic) });
  await stage.give(as(memberId), (envelope) => new PublishOffer(envelope, null, fields));
};

interface Entry {
  readonly memberId: MemberId;
  readonly kind: 'offer' | 'request';
  readonly id: string;
}

const USE_CASES = {
  pause: { offer: PauseOffer, request: PauseRequest },
  resume: { offer: ResumeOffer, request: ResumeRequest },
  withdraw: { offer: WithdrawOffer, request: WithdrawRequest },
  confirm: { offer: ConfirmOffer, request: ConfirmRequest },
} as const;

const give = async (stage: Stage, { memberId, kind, id }: Entry, what: keyof typeof USE_CASES): Promise<void> => {
  const note = kind === 'offer' ? stage.book.offers.get(id as OfferId) : stage.book.requests.get(id as RequestId);
  if (!note || note.status === 'over' || !isIn(stage, memberId)) return;
  await stage.give(as(memberId), (envelope) =>
    kind === 'offer' ? new USE_CASES[what].offer(envelope, id as OfferId) : new USE_CASES[what].request(envelope, id as RequestId),
  );
};

const revise = async (stage: Stage, { memberId, kind, id }: Entry, chance: Chance): Promise<void> => {
  const person = stage.people.get(memberId);
  const note = kind === 'offer' ? stage.book.offers.get(id as OfferId) : stage.book.requests.get(id as RequestId);
  if (!person || !isIn(stage, memberId) || note?.status !== 'open') return;
  const topic = stage.catalogue.topicOf(note.topicUri);
  await stage.give(as(memberId), (envelope) =>
    kind === 'offer'
      ? new ReviseOffer(envelope, id as OfferId, dto(ReviseOfferDto, { content: stage.catalogue.offer(person, chance, topic) }))
      : new ReviseRequest(envelope, id as RequestId, dto(ReviseRequestDto, { content: stage.catalogue.request(person, chance, topic) })),
  );
};

/** What becomes of an offer or a request, besides matches. */
const life = (stage: Stage, entry: Entry): void => {
  const chance = stage.chance(`life ${entry.id}`);
  const fate = chance.weighed([
    [2.5, 'revise'],
    [2.5, 'pause'],
    [3, 'withdraw'],
    [92, 'stay'],
  ] as const);
  if (fate === 'revise') stage.after(chance.between(3, 30), () => revise(stage, entry, chance));
  if (fate === 'withdraw') stage.after(chance.between(20, 200), () => give(stage, entry, 'withdraw'));
  if (fate !== 'pause') return;
  const from = chance.between(5, 60);
  stage.after(from, () => give(stage, entry, 'pause'));
  stage.after(from + chance.between(5, 40), () => give(stage, entry, 'resume'));
};

/** Who has waited long seeks something else. */
const giveWay = (stage: Stage, memberId: MemberId, id: RequestId): void => {
  const chance = stage.chance(`patience ${id}`);
  if (!chance.yes(0.6)) return;
  stage.after(chance.between(45, 75), async () => {
    if (stage.book.requests.get(id)?.status !== 'open') return;
    await publishRequest(stage, memberId, chance);
    await give(stage, { memberId, kind: 'request', id }, 'withdraw');
  });
};

const review = (stage: Stage, entry: Entry): void => {
  const chance = stage.chance(`review ${entry.id} ${stage.nowMs()}`);
  const lapses = stage.rarely(chance, 0.18, entry.kind === 'offer' ? 'OfferLapsed' : 'RequestLapsed');
  if (!lapses) stage.after(chance.between(1, 25), () => give(stage, entry, 'confirm'));
};

/** R2: most come back with what is missing; who learnt something may pass it on. */
const comeBack = (stage: Stage, memberId: MemberId, { days, chance }: { days: number; chance: Chance }): void =>
  stage.after(days, async () => {
    const member = stage.book.members.get(memberId);
    if (member?.requests.size === 0) await publishRequest(stage, memberId, chance);
    if (member?.offers.size === 0) await publishOffer(stage, memberId, chance);
  });

export const publishingReactions: Reactions = {
  OfferPublished: (stage, { data: { memberId, offerId: id } }) => life(stage, { memberId, kind: 'offer', id }),
  RequestPublished: (stage, { data: { memberId, requestId: id } }) => {
    life(stage, { memberId, kind: 'request', id });
    giveWay(stage, memberId, id);
  },
  OfferReviewDue: (stage, { data: { memberId, offerId: id } }) => review(stage, { memberId, kind: 'offer', id }),
  RequestReviewDue: (stage, { data: { memberId, requestId: id } }) => review(stage, { memberId, kind: 'request', id }),
  RequestMet: (stage, { data: { memberId, requestId } }) => {
    const chance = stage.chance(`met ${requestId}`);
    const last = stage.book.members.get(memberId)?.requests.size === 0;
    if (chance.yes(last ? 0.6 : 0.25)) stage.after(chance.between(3, 50), () => publishRequest(stage, memberId, chance));
    const topic = stage.catalogue.topicOf(stage.book.requests.get(requestId)?.topicUri ?? null);
    if (topic && chance.yes(0.12)) stage.after(chance.between(30, 120), () => publishOffer(stage, memberId, chance, topic));
  },
  ReciprocityLost: (stage, { data: { memberId } }) => {
    const chance = stage.chance(`lost ${memberId} ${stage.nowMs()}`);
    if (chance.yes(0.75)) comeBack(stage, memberId, { days: chance.between(5, 80), chance });
  },
  MemberSuspended: (stage, { data: { memberId } }) => {
    const chance = stage.chance(`suspended ${memberId} ${stage.nowMs()}`);
    if (chance.yes(0.4)) comeBack(stage, memberId, { days: chance.between(5, 60), chance });
  },
};
