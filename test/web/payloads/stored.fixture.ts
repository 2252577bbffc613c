import type { Person } from '#test/e2e/harness/api-under-test';
import { eventually, ok } from '#test/e2e/harness/asking';
import { content } from '#test/e2e/harness/entering';
import { KIND_COUNT, type Payloads } from './payloads';
import type { SiteUnderTest } from './site-under-test';

/** Who and what was made, to be looked at. */
export interface Stored {
  readonly subjects: readonly string[];
  readonly matchIds: readonly string[];
  readonly exchangeIds: readonly string[];
  readonly incidentIds: readonly string[];
  readonly contestedIds: readonly string[];
  /** That waits for an answer of the first subject. */
  readonly openMatchId: string;
}

const LONGEST_NUMBER = 64;
const DAY_MS = 86_400_000;

interface Entered {
  readonly person: Person;
  readonly memberId: string;
  readonly kind: number;
  readonly offerId: string;
  readonly requestId: string;
  readonly secondOfferId: string;
  readonly secondRequestId: string;
}

type ListedEntry = { readonly id: string; readonly kind: string; readonly status: string };

/** Enters somebody whose every text is a payload. */
const enter = async (site: SiteUnderTest, { text }: Payloads, kind: number): Promise<Entered> => {
  const person = await site.person(`payload-${kind}`);
  const entry = (what: string) =>
    content(text(kind, `${what}/wording`), {
      topic: { text: text(kind, `${what}/topic/text`), uri: null },
      ...(what.endsWith('requests') ? { authorShown: true } : {}),
    });
  const employeeNumber = text(kind, 'profile/employeeNumber');
  const profile = {
    ...{ name: text(kind, 'profile/name'), email: `payload-${kind}@example.org`, site: 'LYO', unit: 'TRI', languages: ['fr'] },
    ...(employeeNumber.length <= LONGEST_NUMBER ? { employeeNumber } : {}),
  };
  const { charterVersion } = ok(await person.get('')).body as { charterVersion: number };
  const { position } = ok(
    await person.post('members', { profile, charterVersion, offers: [entry('offers')], requests: [entry('requests')] }),
  ).body;
  ok(await person.get(`members/me?after=${position}`));
  const own = await eventually(async () => {
    const { body } = ok(await person.get('members/me')) as { body: { member: { memberId: string }; entries: readonly ListedEntry[] } };
    return body.entries.length === 2 && body.entries.every(({ status }) => status === 'published') && body;
  });
  const idOf = (wanted: string): string => own.entries.find((one) => one.kind === wanted)!.id;
  const publishMore = async (path: 'offers' | 'requests', id: 'offerId' | 'requestId'): Promise<string> => {
    const made = ok(await person.post(path, { content: entry(`second ${path}`) })).body as Record<string, string>;
    ok(await person.send('PUT', `${path}/${made[id]}`, { content: entry(`revised ${path}`) }));
    return made[id]!;
  };
  const secondOfferId = await publishMore('offers', 'offerId');
  const secondRequestId = await publishMore('requests', 'requestId');
  return {
    person,
    memberId: own.member.memberId,
    kind,
    offerId: idOf('offer'),
    requestId: idOf('request'),
    secondOfferId,
    secondRequestId,
  };
};

/** From the asking to both evaluations, each text a payload. */
const exchange = async (
  { person: mediator, memberId: mediatorId }: Pick<Entered, 'person' | 'memberId'>,
  [giver, learner]: readonly [Entered, Entered],
  { text }: Payloads,
  isOnlyPlanned: boolean,
) => {
  const { kind } = giver;
  const asked = await eventually(async () => {
    const answer = await learner.person.post(`offers/${giver.offerId}/ask`, {
      requestId: learner.requestId,
      reason: text(kind, 'ask/reason'),
    });
    return answer.status === 200 && (answer.body as { matchId: string });
  });
  const { matchId } = asked;
  const isWaiting = ({ id, why }: { id: string; why: string }): boolean => id === matchId && why === 'answer-match';
  await eventually(async () => ok(await giver.person.get('match-queue')).body.items.some(isWaiting));
  ok(await giver.person.post(`matches/${matchId}/acceptance`));
  const start = new Date(Date.now() + DAY_MS).toISOString();
  ok(await mediator.post(`matches/${matchId}/connection`, { mediatorId, start, place: text(kind, 'connection/place') }));
  const agreement = {
    ...{ content: text(kind, 'agreement/content'), method: text(kind, 'agreement/method'), place: text(kind, 'agreement/place') },
    ...{ sessions: [{ start, minutes: 60 }], criteria: [{ text: text(kind, 'agreement/criteria') }] },
  };
  ok(await mediator.post(`matches/${matchId}/agreement`, agreement));
  const { exchangeId } = await eventually(
    async () => (ok(await learner.person.get('exchanges')).body.exchanges as { exchangeId: string }[])[0],
  );
  if (isOnlyPlanned) return { matchId, exchangeId };
  const present = [
    { memberId: giver.memberId, role: 'giver', minutesOutside: 0 },
    { memberId: learner.memberId, role: 'learner', minutesOutside: 0 },
  ];
  ok(await giver.person.post(`exchanges/${exchangeId}/session-reports`, { start: new Date().toISOString(), minutes: 60, present }));
  ok(await giver.person.post(`exchanges/${exchangeId}/held-confirmation`));
  const { position } = ok(await learner.person.post(`exchanges/${exchangeId}/held-confirmation`)).body;
  const read = ok(await learner.person.get(`exchanges/${exchangeId}?after=${position}`)).body.exchange;
  const criteria = read.agreement.criteria.map(({ criterionId }: { criterionId: string }) => ({ criterionId, score: 5 }));
  const evaluation = { overall: 5, criteria, again: true };
  ok(
    await learner.person.post(`exchanges/${exchangeId}/evaluation`, {
      ...evaluation,
      usable: 5,
      comment: text(kind, 'evaluation/comment'),
    }),
  );
  ok(await giver.person.post(`exchanges/${exchangeId}/evaluation`, { ...evaluation, comment: text(kind, 'evaluation/comment') }));
  return { matchId, exchangeId };
};

/** A network full of payloads: what members, mediators, facilitators, leads and operators write. */
export const storePayloads = async (site: SiteUnderTest, mediatorSubject: string, made: Payloads): Promise<Stored> => {
  const entered: Entered[] = [];
  for (let kind = 0; kind < KIND_COUNT; kind += 2)
    entered.push(...(await Promise.all([enter(site, made, kind), enter(site, made, kind + 1)])));
  const mediator = await site.person(mediatorSubject);
  const mediatorId = ok(await mediator.get('members/me')).body.member.memberId as string;
  const fay = await site.person('demo-facilitator', ['facilitator']);
  const sam = await site.person('demo-operator', ['operator']);
  const lou = await site.person('demo-lead', ['network-lead']);
  const pairs = Array.from({ length: KIND_COUNT / 2 }, (_, nth) => [entered[2 * nth]!, entered[2 * nth + 1]!] as const);
  const played: Awaited<ReturnType<typeof exchange>>[] = [];
  // the last one stays ahead of them, for their calendars
  for (const [nth, pair] of pairs.entries())
    played.push(await exchange({ person: mediator, memberId: mediatorId }, pair, made, nth === pairs.length - 1));
  const [first, , , , asks] = entered as unknown as readonly [Entered, Entered, Entered, Entered, Entered];
  const asked = { content: content(made.text(4, 'ask/content/wording'), { authorShown: true }), reason: made.text(4, 'ask/reason') };
  const { matchId: openMatchId } = ok(await asks.person.post(`offers/${first.secondOfferId}/ask`, asked)).body as { matchId: string };
  const incidentIds: string[] = [];
  const contestedIds: string[] = [];
  for (const [nth, { person, kind, memberId }] of entered.entries()) {
    const { incidentId } = ok(await person.post('incidents', { kind: 'behaviour', text: made.text(kind, 'incidents/text') })).body;
    incidentIds.push(incidentId as string);
    const other = entered[(nth + 2) % entered.length]!;
    ok(await person.post(`requests/${other.secondRequestId}/contest`, { kind: 'misleading', text: made.text(kind, 'contest/text') }));
    contestedIds.push(other.secondRequestId);
    ok(
      await fay.post('forbidden-pairs', {
        one: memberId,
        other: entered[(nth + 3) % entered.length]!.memberId,
        reason: made.text(kind, 'forbidden-pairs/reason'),
      }),
    );
    ok(await sam.post('operations', { action: 'copy-log', target: 'log', reason: made.text(kind, 'operations/reason') }));
  }
  ok(await lou.post('charter', { text: { fr: made.text(0, 'charter/fr'), en: made.text(1, 'charter/en') } }));
  ok(await lou.send('PATCH', 'policy', { trainingLabel: made.text(2, 'policy/trainingLabel') }));
  return {
    subjects: entered.map(({ person }) => person.subject),
    matchIds: played.map(({ matchId }) => matchId),
    exchangeIds: played.map(({ exchangeId }) => exchangeId),
    incidentIds,
    contestedIds,
    openMatchId,
  };
};
