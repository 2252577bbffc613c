import type { Person } from '#test/e2e/harness/person-at';
import { eventually, ok } from '#test/e2e/harness/asking';
import { content } from '#test/e2e/harness/entering';
import { followUpOf } from '../play';
import { entryOf, idIn, type Entered, type Ground } from './entering.fixture';

const DAY_MS = 86_400_000;

export interface Mediator {
  readonly person: Person;
  readonly memberId: string;
}

/** `planned`: ahead of them, for their calendars; `amended`: one side alone has judged it, twice. */
export type Course = 'evaluated' | 'amended' | 'planned';

interface Played {
  readonly matchId: string;
  readonly exchangeId: string;
}

/** From the asking to an agreement, each text a payload. */
const agreed = async (
  { made }: Ground,
  { person: mediator, memberId: mediatorId }: Mediator,
  [giver, learner]: readonly [Entered, Entered],
): Promise<Played> => {
  const { kind } = giver;
  const ask = { requestId: learner.requestId, reason: made.text(kind) };
  const matchId = await eventually(async () => {
    const answer = await learner.person.post(`offers/${giver.offerId}/ask`, ask);
    return answer.status === 200 && idIn(answer.body, 'matchId');
  });
  const isWaiting = ({ id, why }: { id: string; why: string }): boolean => id === matchId && why === 'answer-match';
  await eventually(async () => ok(await giver.person.get('match-queue')).body.items.some(isWaiting));
  ok(await giver.person.post(`matches/${matchId}/acceptance`));
  const start = new Date(Date.now() + DAY_MS).toISOString();
  ok(await mediator.post(`matches/${matchId}/connection`, { mediatorId, start, place: made.text(kind) }));
  const agreement = {
    content: made.text(kind),
    method: made.text(kind),
    place: made.text(kind),
    sessions: [{ start, minutes: 60 }],
    criteria: [{ text: made.text(kind) }],
  };
  ok(await mediator.post(`matches/${matchId}/agreement`, agreement));
  const { exchangeId } = await eventually(
    async () => (ok(await learner.person.get('exchanges')).body.exchanges as { exchangeId: string }[])[0],
  );
  return { matchId, exchangeId };
};

const evaluate = async ({ made }: Ground, exchangeId: string, [giver, learner]: readonly [Entered, Entered], course: Course) => {
  const { position } = ok(await learner.person.post(`exchanges/${exchangeId}/held-confirmation`)).body;
  const read = ok(await learner.person.get(`exchanges/${exchangeId}?after=${position}`)).body.exchange;
  const criteria = read.agreement.criteria.map(({ criterionId }: { criterionId: string }) => ({ criterionId, score: 5 }));
  const evaluation = { overall: 5, criteria, again: true };
  const learnt = () => ({ ...evaluation, usable: 5, comment: made.text(giver.kind) });
  ok(await learner.person.post(`exchanges/${exchangeId}/evaluation`, learnt()));
  if (course === 'amended') ok(await learner.person.send('PUT', `exchanges/${exchangeId}/evaluation`, learnt()));
  else ok(await giver.person.post(`exchanges/${exchangeId}/evaluation`, { ...evaluation, comment: made.text(giver.kind) }));
};

export const exchange = async (
  ground: Ground,
  mediator: Mediator,
  { pair, course }: { readonly pair: readonly [Entered, Entered]; readonly course: Course },
): Promise<Played> => {
  const [giver, learner] = pair;
  const played = await agreed(ground, mediator, pair);
  if (course === 'planned') return played;
  const present = [
    { memberId: giver.memberId, role: 'giver', minutesOutside: 0 },
    { memberId: learner.memberId, role: 'learner', minutesOutside: 0 },
  ];
  const report = { start: new Date().toISOString(), minutes: 60, present };
  ok(await giver.person.post(`exchanges/${played.exchangeId}/session-reports`, report));
  ok(await giver.person.post(`exchanges/${played.exchangeId}/held-confirmation`));
  await evaluate(ground, played.exchangeId, pair, course);
  return played;
};

/** A member asks for an offer, another answers a request, a facilitator proposes; each says why. The matches, the asked one first. */
export const propose = async (
  ground: Ground,
  {
    asks,
    asked,
    answers,
    answered,
    facilitator,
    entries,
  }: {
    readonly asks: Entered;
    readonly asked: Entered;
    readonly answers: Entered;
    readonly answered: Entered;
    readonly facilitator: Person;
    readonly entries: { readonly offerId: string; readonly requestId: string };
  },
): Promise<readonly [string, string, string]> => {
  const { made } = ground;
  const request = { ...content(made.text(asks.kind), { authorShown: true }), topic: { text: made.text(asks.kind), uri: null } };
  const ask = { content: request, reason: made.text(asks.kind) };
  const answer = { content: entryOf(ground, answers.kind), reason: made.text(answers.kind) };
  const proposal = { offerIds: [entries.offerId], requestIds: [entries.requestId], reason: made.text() };
  return [
    idIn(ok(await asks.person.post(`offers/${asked.secondOfferId}/ask`, ask)).body, 'matchId'),
    idIn(ok(await answers.person.post(`requests/${answered.secondRequestId}/answer`, answer)).body, 'matchId'),
    idIn(ok(await facilitator.post('matches', proposal)).body, 'matchId'),
  ];
};

/** Of the demo, somebody whose follow-up is due says what they use. */
export const followUp = async ({ site, made }: Ground, sending: (subject: string) => Promise<Person>) => {
  const due = await followUpOf(site);
  ok(await (await sending(due.subject)).post(`exchanges/${due.exchangeId}/follow-up`, { usedAtWork: true, example: made.text() }));
  return due;
};
