import { AnswerRequest, AnswerRequestDto } from '#application/match/answer-request';
import { AskForOffer, AskForOfferDto } from '#application/match/ask-for-offer';
import { DraftOffer, DraftOfferDto } from '#application/offer/draft-offer';
import { DraftRequest, DraftRequestDto } from '#application/request/draft-request';
import { ProposeMatch, ProposeMatchDto } from '#application/match/propose-match';
import { PublishOffer, PublishOfferDto } from '#application/offer/publish-offer';
import { PublishRequest, PublishRequestDto } from '#application/request/publish-request';
import type { MemberId, OfferId, RequestId } from '#domain/ids';
import type { EntryNote } from '../book';
import type { Chance } from '../seeded-random';
import { as, dto, type Reactions, type Stage } from '../stage';

const isEnrolled = (stage: Stage, memberId: MemberId): boolean => stage.book.members.get(memberId)?.status === 'enrolled';

/** An open entry of somebody else who is in. */
const found = <Id extends string>(
  stage: Stage,
  entries: ReadonlyMap<Id, EntryNote>,
  { memberId, chance }: { memberId: MemberId; chance: Chance },
): readonly [Id, EntryNote] | null => {
  const open = [...entries].filter(
    ([, entry]) => entry.status === 'open' && entry.memberId !== memberId && isEnrolled(stage, entry.memberId),
  );
  return open.length === 0 ? null : chance.of(open);
};

/** A member reads the directory, and asks. */
const askForOffer = async (stage: Stage, memberId: MemberId, chance: Chance): Promise<void> => {
  const [person, other] = [stage.people.get(memberId), found(stage, stage.book.offers, { memberId, chance })];
  if (!person || !other || !isEnrolled(stage, memberId)) return;
  const [offerId, { topicUri }] = other;
  const own = [...(stage.book.members.get(memberId)?.requests ?? [])].find((id) => {
    const request = stage.book.requests.get(id);
    return request?.status === 'open' && topicUri !== null && request.topicUri === topicUri;
  });
  const content = stage.catalogue.request(person, chance, stage.catalogue.topicOf(topicUri));
  const fields = dto(AskForOfferDto, own ? { requestId: own } : { content });
  await stage.give(as(memberId), (envelope) => new AskForOffer(envelope, offerId, fields));
};

const askAgain = async (stage: Stage, memberId: MemberId, { giver, chance }: { giver: MemberId; chance: Chance }): Promise<void> => {
  const person = stage.people.get(memberId);
  const offer = [...stage.book.offers].find(([, { status, memberId: author }]) => status === 'open' && author === giver);
  if (!person || !offer || !isEnrolled(stage, memberId) || !isEnrolled(stage, giver)) return;
  const [offerId, { topicUri }] = offer;
  const content = stage.catalogue.request(person, chance, stage.catalogue.topicOf(topicUri));
  await stage.give(as(memberId), (envelope) => new AskForOffer(envelope, offerId, dto(AskForOfferDto, { content })));
};

const answerRequest = async (stage: Stage, memberId: MemberId, chance: Chance): Promise<void> => {
  const [person, other] = [stage.people.get(memberId), found(stage, stage.book.requests, { memberId, chance })];
  if (!person || !other || !isEnrolled(stage, memberId)) return;
  const [requestId, { topicUri }] = other;
  const fields = dto(AnswerRequestDto, { content: stage.catalogue.offer(person, chance, stage.catalogue.topicOf(topicUri)) });
  await stage.give(as(memberId), (envelope) => new AnswerRequest(envelope, requestId, fields));
};

/** R6: a facilitator helps to formalise; the person alone publishes, and declares (R14). */
const helpToFormalise = async (stage: Stage, memberId: MemberId, chance: Chance): Promise<void> => {
  const person = stage.people.get(memberId);
  if (!person || !isEnrolled(stage, memberId)) return;
  const by = stage.staff.facilitator;
  const drafted = (content: object) => ({ memberId, content: { ...content, declaredProfessional: false } });
  const offer = dto(DraftOfferDto, drafted(stage.catalogue.offer(person, chance)));
  await stage.give(by, (envelope) => new DraftOffer(envelope, offer));
  const request = dto(DraftRequestDto, drafted(stage.catalogue.request(person, chance)));
  await stage.give(by, (envelope) => new DraftRequest(envelope, request));
};

/** A facilitator sees a group that a round did not. */
export const proposeGroup = async (stage: Stage): Promise<void> => {
  const isOpen = ([, entry]: readonly [string, EntryNote]): boolean => entry.status === 'open' && isEnrolled(stage, entry.memberId);
  const requests = [...stage.book.requests].filter(isOpen);
  for (const [offerId, offer] of [...stage.book.offers].filter(isOpen)) {
    if (offer.largestGroup < 2 || offer.topicUri === null) continue;
    const learners = new Map(
      requests
        .filter(([, request]) => request.topicUri === offer.topicUri && request.memberId !== offer.memberId)
        .map(([requestId, { memberId }]) => [memberId, requestId] as const),
    );
    if (learners.size < 2) continue;
    const requestIds = [...learners.values()].slice(0, offer.largestGroup);
    await stage.give(
      stage.staff.facilitator,
      (envelope) => new ProposeMatch(envelope, dto(ProposeMatchDto, { offerIds: [offerId], requestIds })),
    );
    return;
  }
};

export const askingReactions: Reactions = {
  MemberEnrolled: (stage, { data: { memberId } }) => {
    const chance = stage.chance(`asks ${memberId}`);
    if (chance.yes(0.2)) stage.after(chance.between(8, 200), () => askForOffer(stage, memberId, chance));
    if (chance.yes(0.1)) stage.after(chance.between(8, 200), () => answerRequest(stage, memberId, chance));
    if (chance.yes(0.04)) stage.after(chance.between(5, 120), () => helpToFormalise(stage, memberId, chance));
  },
  /** Who got on well asks the same person again: they have met, so no connection is needed (R9). */
  ExchangeHeld: (stage, { data: { exchangeId, present } }) => {
    const chance = stage.chance(`again ${exchangeId}`);
    const [giver, learner] = [present.find(({ role }) => role === 'giver'), present.find(({ role }) => role === 'learner')];
    if (giver && learner && chance.yes(0.07))
      stage.after(chance.between(5, 60), () => askAgain(stage, learner.memberId, { giver: giver.memberId, chance }));
  },
  OfferDrafted: (stage, { data: { memberId, offerId } }) =>
    stage.after(3, async () => {
      await stage.give(
        as(memberId),
        (envelope) => new PublishOffer(envelope, offerId as OfferId, dto(PublishOfferDto, { declaredProfessional: true })),
      );
    }),
  RequestDrafted: (stage, { data: { memberId, requestId } }) =>
    stage.after(4, async () => {
      await stage.give(
        as(memberId),
        (envelope) => new PublishRequest(envelope, requestId as RequestId, dto(PublishRequestDto, { declaredProfessional: true })),
      );
    }),
};
