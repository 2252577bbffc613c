import type { SeededRandom } from '#apps/demo/seeded-random';
import { idFrom } from '#application/dispatch/derived-ids';
import { starterTopics } from '#topics/starter-topics';
import type { Answered, Person } from './person';

/** What everybody can see: whose offers can be asked for. */
export interface Board {
  readonly offers: { readonly offerId: string; readonly memberId: string }[];
}

/** A member at work, with what they know of themself. */
export interface Member {
  readonly person: Person;
  readonly memberId: string;
  readonly chance: SeededRandom;
  readonly board: Board;
  readonly offers: string[];
  capacity: number;
}

const content = (chance: SeededRandom, wording: string, more: object = {}) => ({
  wording,
  topic: { text: 'Tableaux croisés', uri: chance.of(starterTopics.slice(0, 20)).uri },
  level: 'beginner',
  language: 'fr',
  place: 'either',
  site: 'LYON',
  availability: ['tue-am'],
  declaredProfessional: true,
  ...more,
});
const offer = (chance: SeededRandom) => content(chance, `Une offre ${chance.whole(1, 999_999)}`);
const request = (chance: SeededRandom) => content(chance, `Une demande ${chance.whole(1, 999_999)}`, { authorShown: true });

const LARGEST_BOARD = 60;

const offered = ({ board, offers, memberId }: Member, offerId: string): void => {
  offers.push(offerId);
  board.offers.push({ offerId, memberId });
  if (board.offers.length > LARGEST_BOARD) board.offers.shift();
};

/** R1: with an offer and a request. */
export const enrol = (person: Person, chance: SeededRandom): Promise<Answered> =>
  person.give('POST', 'members', {
    profile: { name: person.subject, email: `${person.subject}@example.org`, site: 'LYON', unit: 'TRI', languages: ['fr'] },
    charterVersion: 1,
    offers: [offer(chance)],
    requests: [request(chance)],
  });

/** Enters, and reads their own page until it tells who they are. */
export const enter = async (person: Person, chance: SeededRandom, board: Board): Promise<Member> => {
  await enrol(person, chance);
  for (;;) {
    const page = await person.get('members/me');
    if (page.member?.memberId === undefined) continue;
    const member: Member = { person, memberId: page.member.memberId, chance, board, offers: [], capacity: 2 };
    offered(member, idFrom(person.lastCommand(member.memberId), 'offer/0'));
    return member;
  }
};

type Behaviour = (member: Member) => Promise<unknown>;

const publishOffer: Behaviour = async (member) => {
  const { done, body } = await member.person.give('POST', 'offers', { content: offer(member.chance) });
  if (done) offered(member, body.offerId);
};

const draftThenPublish: Behaviour = async ({ person, chance }) => {
  const { done, body } = await person.give('POST', 'requests/drafts', { content: request(chance) });
  if (done) await person.give('POST', `requests/${body.requestId}/publication`, {});
};

/** A first offer may not be there yet when its pause is asked for, and be there when its resumption would be: nothing to resume then. */
const pauseOffer: Behaviour = async ({ person, chance, offers }) => {
  const offerId = chance.of(offers);
  const { done } = await person.give('POST', `offers/${offerId}/pause`);
  if (done) await person.give('POST', `offers/${offerId}/resume`);
};

/** Often so shortly that the clock ends it, whoever is dead then. */
const pauseMembership: Behaviour = async ({ person, chance, memberId }) => {
  const until = new Date(Date.now() + chance.whole(3_000, 9_000)).toISOString();
  await person.give('POST', `members/${memberId}/pause`, { until });
  if (chance.yes(0.5)) await person.give('POST', `members/${memberId}/resume`, {}, { mayDoNothing: true });
};

const setCapacity: Behaviour = async (member) => {
  member.capacity = (member.capacity % 5) + 1;
  await member.person.give('PUT', `members/${member.memberId}/capacity`, { capacity: member.capacity });
};

const ask: Behaviour = async ({ person, chance, board, memberId }) => {
  const others = board.offers.filter((one) => one.memberId !== memberId);
  if (others.length > 0)
    await person.give('POST', `offers/${chance.of(others).offerId}/ask`, { content: request(chance), reason: 'Par curiosité' });
};

interface Waiting {
  readonly id: string;
  readonly why: string;
  readonly participants: readonly { readonly memberId: string; readonly role: 'giver' | 'learner' }[];
}

const waitingFor = async (person: Person): Promise<readonly Waiting[]> => (await person.get('match-queue')).items ?? [];

/** The queue may be behind: what it tells may be done already. */
const maybe = { mayDoNothing: true };

const evaluate = async ({ person, memberId }: Member, { id, participants }: Waiting): Promise<void> => {
  const { exchange } = await person.get(`exchanges/${id}`);
  const criteria = (exchange?.agreement.criteria ?? []).map(({ criterionId }: { criterionId: string }) => ({ criterionId, score: 4 }));
  const learner = participants.some((one) => one.memberId === memberId && one.role === 'learner');
  await person.give('POST', `exchanges/${id}/evaluation`, { overall: 4, criteria, again: true, ...(learner ? { usable: 4 } : {}) }, maybe);
};

const answer = async (member: Member, waiting: Waiting): Promise<void> => {
  const { person, chance } = member;
  const { id, why, participants } = waiting;
  if (why === 'answer-match') {
    if (chance.yes(0.85)) await person.give('POST', `matches/${id}/acceptance`, {}, maybe);
    else await person.give('POST', `matches/${id}/decline`, { reason: 'no-time' }, maybe);
  }
  if (why === 'report-session') {
    const present = participants.map(({ memberId, role }) => ({ memberId, role, minutesOutside: 0 }));
    await person.give('POST', `exchanges/${id}/session-reports`, {
      start: new Date().toISOString(),
      minutes: 5,
      present,
    });
  }
  if (why === 'confirm-held') await person.give('POST', `exchanges/${id}/held-confirmation`, {}, maybe);
  if (why === 'evaluate') await evaluate(member, waiting);
};

const answerQueue: Behaviour = async (member) => {
  for (const waiting of (await waitingFor(member.person)).slice(0, 3)) await answer(member, waiting);
};

const BEHAVIOURS = [
  [3, publishOffer],
  [3, draftThenPublish],
  [3, pauseOffer],
  [2, pauseMembership],
  [2, setCapacity],
  [6, ask],
  [8, answerQueue],
] as const;

export const behaveOnce = (member: Member): Promise<unknown> => member.chance.weighed<Behaviour>(BEHAVIOURS)(member);

const soon = (): string => new Date(Date.now() + 500).toISOString();

const agreement = () => ({
  content: 'Tableaux croisés',
  method: 'Sur ses fichiers',
  place: 'Salle 12',
  sessions: [{ start: soon(), minutes: 60 }],
  criteria: [{ text: 'Construire un tableau' }],
});

/** Connects whom the queue names, and records their agreements (R8, R9). */
export const mediateOnce = async ({ person, memberId }: Member): Promise<void> => {
  for (const { id, why } of (await waitingFor(person)).slice(0, 5)) {
    if (why === 'plan-connection')
      await person.give('POST', `matches/${id}/connection`, { mediatorId: memberId, start: soon(), place: 'Salle 12' }, maybe);
    if (why === 'hold-connection') await person.give('POST', `matches/${id}/agreement`, agreement(), maybe);
  }
};
