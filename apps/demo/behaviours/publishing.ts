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
import type { SeededRandom } from '../seeded-random';
import { as, dto, type Reactions, type Simulation } from '../simulation';

const isIn = (simulation: Simulation, memberId: MemberId): boolean =>
  ['enrolled', 'suspended'].includes(simulation.world.members.get(memberId)?.status ?? '');

export const publishRequest = async (simulation: Simulation, memberId: MemberId, random: SeededRandom): Promise<void> => {
  const person = simulation.people.get(memberId);
  if (!person || !isIn(simulation, memberId)) return;
  const fields = dto(PublishRequestDto, { content: simulation.catalogue.request(person, random) });
  await simulation.give(as(memberId), (envelope) => new PublishRequest(envelope, null, fields));
};

export const publishOffer = async (
  simulation: Simulation,
  memberId: MemberId,
  random: SeededRandom,
  topic?: StarterTopic,
): Promise<void> => {
  const person = simulation.people.get(memberId);
  if (!person || !isIn(simulation, memberId)) return;
  const fields = dto(PublishOfferDto, { content: simulation.catalogue.offer(person, random, topic) });
  await simulation.give(as(memberId), (envelope) => new PublishOffer(envelope, null, fields));
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

const give = async (simulation: Simulation, { memberId, kind, id }: Entry, what: keyof typeof USE_CASES): Promise<void> => {
  const note = kind === 'offer' ? simulation.world.offers.get(id as OfferId) : simulation.world.requests.get(id as RequestId);
  if (!note || note.status === 'over' || !isIn(simulation, memberId)) return;
  await simulation.give(as(memberId), (envelope) =>
    kind === 'offer' ? new USE_CASES[what].offer(envelope, id as OfferId) : new USE_CASES[what].request(envelope, id as RequestId),
  );
};

const revise = async (simulation: Simulation, { memberId, kind, id }: Entry, random: SeededRandom): Promise<void> => {
  const person = simulation.people.get(memberId);
  const note = kind === 'offer' ? simulation.world.offers.get(id as OfferId) : simulation.world.requests.get(id as RequestId);
  if (!person || !isIn(simulation, memberId) || note?.status !== 'open') return;
  const topic = simulation.catalogue.topicOf(note.topicUri);
  await simulation.give(as(memberId), (envelope) =>
    kind === 'offer'
      ? new ReviseOffer(envelope, id as OfferId, dto(ReviseOfferDto, { content: simulation.catalogue.offer(person, random, topic) }))
      : new ReviseRequest(
          envelope,
          id as RequestId,
          dto(ReviseRequestDto, { content: simulation.catalogue.request(person, random, topic) }),
        ),
  );
};

/** What becomes of an offer or a request, besides matches. */
const life = (simulation: Simulation, entry: Entry): void => {
  const random = simulation.random(`life ${entry.id}`);
  const fate = random.weighed([
    [2.5, 'revise'],
    [2.5, 'pause'],
    [3, 'withdraw'],
    [92, 'stay'],
  ] as const);
  if (fate === 'revise') simulation.after(random.between(3, 30), () => revise(simulation, entry, random));
  if (fate === 'withdraw') simulation.after(random.between(20, 200), () => give(simulation, entry, 'withdraw'));
  if (fate !== 'pause') return;
  const from = random.between(5, 60);
  simulation.after(from, () => give(simulation, entry, 'pause'));
  simulation.after(from + random.between(5, 40), () => give(simulation, entry, 'resume'));
};

/** Who has waited long seeks something else. */
const giveWay = (simulation: Simulation, memberId: MemberId, id: RequestId): void => {
  const random = simulation.random(`patience ${id}`);
  if (!random.yes(0.6)) return;
  simulation.after(random.between(45, 75), async () => {
    if (simulation.world.requests.get(id)?.status !== 'open') return;
    await publishRequest(simulation, memberId, random);
    await give(simulation, { memberId, kind: 'request', id }, 'withdraw');
  });
};

const review = (simulation: Simulation, entry: Entry): void => {
  const random = simulation.random(`review ${entry.id} ${simulation.nowMs()}`);
  const lapses = simulation.rarely(random, 0.18, entry.kind === 'offer' ? 'OfferLapsed' : 'RequestLapsed');
  if (!lapses) simulation.after(random.between(1, 25), () => give(simulation, entry, 'confirm'));
};

/** R2: most come back with what is missing; who learnt something may pass it on. */
const comeBack = (simulation: Simulation, memberId: MemberId, { days, random }: { days: number; random: SeededRandom }): void =>
  simulation.after(days, async () => {
    const member = simulation.world.members.get(memberId);
    if (member?.requests.size === 0) await publishRequest(simulation, memberId, random);
    if (member?.offers.size === 0) await publishOffer(simulation, memberId, random);
  });

export const publishingReactions: Reactions = {
  OfferPublished: (simulation, { data: { memberId, offerId: id } }) => life(simulation, { memberId, kind: 'offer', id }),
  RequestPublished: (simulation, { data: { memberId, requestId: id } }) => {
    life(simulation, { memberId, kind: 'request', id });
    giveWay(simulation, memberId, id);
  },
  OfferReviewDue: (simulation, { data: { memberId, offerId: id } }) => review(simulation, { memberId, kind: 'offer', id }),
  RequestReviewDue: (simulation, { data: { memberId, requestId: id } }) => review(simulation, { memberId, kind: 'request', id }),
  RequestMet: (simulation, { data: { memberId, requestId } }) => {
    const random = simulation.random(`met ${requestId}`);
    const last = simulation.world.members.get(memberId)?.requests.size === 0;
    if (random.yes(last ? 0.6 : 0.25)) simulation.after(random.between(3, 50), () => publishRequest(simulation, memberId, random));
    const topic = simulation.catalogue.topicOf(simulation.world.requests.get(requestId)?.topicUri ?? null);
    if (topic && random.yes(0.12)) simulation.after(random.between(30, 120), () => publishOffer(simulation, memberId, random, topic));
  },
  ReciprocityLost: (simulation, { data: { memberId } }) => {
    const random = simulation.random(`lost ${memberId} ${simulation.nowMs()}`);
    if (random.yes(0.75)) comeBack(simulation, memberId, { days: random.between(5, 80), random });
  },
  MemberSuspended: (simulation, { data: { memberId } }) => {
    const random = simulation.random(`suspended ${memberId} ${simulation.nowMs()}`);
    if (random.yes(0.4)) comeBack(simulation, memberId, { days: random.between(5, 60), random });
  },
};
