import { authorsOf, historyOf, offersIn, openRequests, publishedOffers, requestsIn } from '../facts/entries';
import { measured, ratio, type Figure } from '../facts/figure';
import { attendanceFacts, heldInWindow, membersIn, type Held } from '../facts/held';
import { isEnrolled, membershipFacts } from '../facts/membership';
import { daysBetween, ofType, type Fact, type Question } from '../facts/question';
import { distinct } from '../facts/sets';

const ASKED_FOR = 2;

/** Topics that are asked for, and those of them that one person alone gives. What is untagged is in none. */
export const singleSource = ({ facts }: Question): Figure => {
  const [requests, offers] = [openRequests(facts), publishedOffers(facts).filter(({ memberId }) => isEnrolled(facts, memberId))];
  const giversOf = (topic: string): number => authorsOf(offers.filter((offer) => offer.topic === topic)).length;
  const topics = distinct(requests.flatMap(({ topic }) => topic ?? []));
  const askedFor = topics.filter((topic) => requests.filter((request) => request.topic === topic).length >= ASKED_FOR);
  return ratio('singleSource', {
    numerator: askedFor.filter((topic) => giversOf(topic) === 1).length,
    denominator: askedFor.length,
    evidence: [...historyOf(offersIn(facts)), ...historyOf(requestsIn(facts)), ...membershipFacts(facts, authorsOf(offersIn(facts)))],
  });
};

const publicationOf = (facts: readonly Fact[], requestId: string) =>
  ofType(facts, 'RequestPublished').find(({ data }) => data.requestId === requestId);

const LONG_DAYS = 60;

/** Age counts from the first publication. */
export const unmetDemand = ({ facts, at }: Question): Figure => {
  const open = openRequests(facts);
  const waiting = open.filter(({ id }) => daysBetween(publicationOf(facts, id)!.meta.occurredAt, at) > LONG_DAYS);
  return ratio('unmetDemand', {
    numerator: waiting.length,
    denominator: open.length,
    people: authorsOf(open),
    evidence: historyOf(requestsIn(facts)),
  });
};

/** The requests that brought learners into an exchange, of those who were there. */
const requestsMet = (facts: readonly Fact[], held: Held) =>
  held.fact.data.participants.flatMap((participant) => {
    if (participant.role !== 'learner' || !membersIn(held, 'learner').includes(participant.memberId)) return [];
    const published = publicationOf(facts, participant.requestId);
    return published ? [{ published, held: held.fact, id: participant.memberId }] : [];
  });

export const daysToHeld = (question: Question): Figure => {
  const held = heldInWindow(question);
  const met = held.flatMap((one) => requestsMet(question.facts, one));
  return measured('daysToHeld', {
    numbers: met.map((one) => daysBetween(one.published.meta.occurredAt, one.held.meta.occurredAt)),
    people: met.map(({ id }) => id),
    evidence: [...attendanceFacts(held), ...met.map(({ published }) => published)],
  });
};
