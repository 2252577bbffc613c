import { AnswerRequest, AnswerRequestDto } from '#application/match/answer-request';
import { AskForOffer, AskForOfferDto } from '#application/match/ask-for-offer';
import { DraftOffer, DraftOfferDto } from '#application/offer/draft-offer';
import { DraftRequest, DraftRequestDto } from '#application/request/draft-request';
import { ProposeMatch, ProposeMatchDto } from '#application/match/propose-match';
import { PublishOffer, PublishOfferDto } from '#application/offer/publish-offer';
import { PublishRequest, PublishRequestDto } from '#application/request/publish-request';
import type { MemberId, OfferId, RequestId } from '#domain/ids';
import type { EntryNote } from '../world-model';
import type { SeededRandom } from '../seeded-random';
import { as, dto, type Reactions, type Simulation } from '../simulation';

const isEnrolled = (simulation: Simulation, memberId: MemberId): boolean => simulation.world.members.get(memberId)?.status === 'enrolled';

/** An open entry of somebody else who is in. */
const found = <Id extends string>(
  simulation: Simulation,
  entries: ReadonlyMap<Id, EntryNote>,
  { memberId, random }: { memberId: MemberId; random: SeededRandom },
): readonly [Id, EntryNote] | null => {
  const open = [...entries].filter(
    ([, entry]) => entry.status === 'open' && entry.memberId !== memberId && isEnrolled(simulation, entry.memberId),
  );
  return open.length === 0 ? null : random.of(open);
};

/** A member reads the directory, and asks. */
const askForOffer = async (simulation: Simulation, memberId: MemberId, random: SeededRandom): Promise<void> => {
  const [person, other] = [simulation.people.get(memberId), found(simulation, simulation.world.offers, { memberId, random })];
  if (!person || !other || !isEnrolled(simulation, memberId)) return;
  const [offerId, { topicUri }] = other;
  const own = [...(simulation.world.members.get(memberId)?.requests ?? [])].find((id) => {
    const request = simulation.world.requests.get(id);
    return request?.status === 'open' && topicUri !== null && request.topicUri === topicUri;
  });
  const content = simulation.catalogue.request(person, random, simulation.catalogue.topicOf(topicUri));
  const fields = dto(AskForOfferDto, own ? { requestId: own } : { content });
  await simulation.give(as(memberId), (envelope) => new AskForOffer(envelope, offerId, fields));
};

const askAgain = async (
  simulation: Simulation,
  memberId: MemberId,
  { giver, random }: { giver: MemberId; random: SeededRandom },
): Promise<void> => {
  const person = simulation.people.get(memberId);
  const offer = [...simulation.world.offers].find(([, { status, memberId: author }]) => status === 'open' && author === giver);
  if (!person || !offer || !isEnrolled(simulation, memberId) || !isEnrolled(simulation, giver)) return;
  const [offerId, { topicUri }] = offer;
  const content = simulation.catalogue.request(person, random, simulation.catalogue.topicOf(topicUri));
  await simulation.give(as(memberId), (envelope) => new AskForOffer(envelope, offerId, dto(AskForOfferDto, { content })));
};

const answerRequest = async (simulation: Simulation, memberId: MemberId, random: SeededRandom): Promise<void> => {
  const [person, other] = [simulation.people.get(memberId), found(simulation, simulation.world.requests, { memberId, random })];
  if (!person || !other || !isEnrolled(simulation, memberId)) return;
  const [requestId, { topicUri }] = other;
  const fields = dto(AnswerRequestDto, { content: simulation.catalogue.offer(person, random, simulation.catalogue.topicOf(topicUri)) });
  await simulation.give(as(memberId), (envelope) => new AnswerRequest(envelope, requestId, fields));
};

/** R6: a facilitator helps to formalise; the person alone publishes, and declares (R14). */
const helpToFormalise = async (simulation: Simulation, memberId: MemberId, random: SeededRandom): Promise<void> => {
  const person = simulation.people.get(memberId);
  if (!person || !isEnrolled(simulation, memberId)) return;
  const by = simulation.staff.facilitator;
  const drafted = (content: object) => ({ memberId, content: { ...content, declaredProfessional: false } });
  const offer = dto(DraftOfferDto, drafted(simulation.catalogue.offer(person, random)));
  await simulation.give(by, (envelope) => new DraftOffer(envelope, offer));
  const request = dto(DraftRequestDto, drafted(simulation.catalogue.request(person, random)));
  await simulation.give(by, (envelope) => new DraftRequest(envelope, request));
};

/** A facilitator sees a group that a round did not. */
export const proposeGroup = async (simulation: Simulation): Promise<void> => {
  const isOpen = ([, entry]: readonly [string, EntryNote]): boolean => entry.status === 'open' && isEnrolled(simulation, entry.memberId);
  const requests = [...simulation.world.requests].filter(isOpen);
  for (const [offerId, offer] of [...simulation.world.offers].filter(isOpen)) {
    if (offer.largestGroup < 2 || offer.topicUri === null) continue;
    const learners = new Map(
      requests
        .filter(([, request]) => request.topicUri === offer.topicUri && request.memberId !== offer.memberId)
        .map(([requestId, { memberId }]) => [memberId, requestId] as const),
    );
    if (learners.size < 2) continue;
    const requestIds = [...learners.values()].slice(0, offer.largestGroup);
    await simulation.give(
      simulation.staff.facilitator,
      (envelope) => new ProposeMatch(envelope, dto(ProposeMatchDto, { offerIds: [offerId], requestIds })),
    );
    return;
  }
};

export const askingReactions: Reactions = {
  MemberEnrolled: (simulation, { data: { memberId } }) => {
    const random = simulation.random(`asks ${memberId}`);
    if (random.yes(0.2)) simulation.after(random.between(8, 200), () => askForOffer(simulation, memberId, random));
    if (random.yes(0.1)) simulation.after(random.between(8, 200), () => answerRequest(simulation, memberId, random));
    if (random.yes(0.04)) simulation.after(random.between(5, 120), () => helpToFormalise(simulation, memberId, random));
  },
  /** Who got on well asks the same person again: they have met, so no connection is needed (R9). */
  ExchangeHeld: (simulation, { data: { exchangeId, present } }) => {
    const random = simulation.random(`again ${exchangeId}`);
    const [giver, learner] = [present.find(({ role }) => role === 'giver'), present.find(({ role }) => role === 'learner')];
    if (giver && learner && random.yes(0.07))
      simulation.after(random.between(5, 60), () => askAgain(simulation, learner.memberId, { giver: giver.memberId, random }));
  },
  OfferDrafted: (simulation, { data: { memberId, offerId } }) =>
    simulation.after(3, async () => {
      await simulation.give(
        as(memberId),
        (envelope) => new PublishOffer(envelope, offerId as OfferId, dto(PublishOfferDto, { declaredProfessional: true })),
      );
    }),
  RequestDrafted: (simulation, { data: { memberId, requestId } }) =>
    simulation.after(4, async () => {
      await simulation.give(
        as(memberId),
        (envelope) => new PublishRequest(envelope, requestId as RequestId, dto(PublishRequestDto, { declaredProfessional: true })),
      );
    }),
};
