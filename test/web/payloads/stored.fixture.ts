import type { PersonRole } from '#apps/installation/access';
import type { Person } from '#test/e2e/harness/person-at';
import { ok } from '#test/e2e/harness/asking';
import { farewells, report, settle, type Settled } from './cases.fixture';
import { draft, enter, enterOnBehalf, personOn, profileOf, SHORT, type Entered, type Ground } from './entering.fixture';
import { exchange, followUp, propose, type Course } from './exchanges.fixture';
import { operate } from './operations.fixture';
import { KIND_COUNT } from './payloads';

/** Who and what was made, to be looked at. */
export interface Stored {
  readonly subjects: readonly string[];
  readonly matchIds: readonly string[];
  readonly exchangeIds: readonly string[];
  readonly incidentIds: readonly string[];
  readonly contestedIds: readonly string[];
  readonly settled: Settled;
  /** Asked for by a member, answered by one, proposed by hand. */
  readonly proposedIds: readonly [string, string, string];
  /** The subject of somebody’s token who was entered at a fair. */
  readonly entered: string;
  readonly followUp: { readonly subject: string; readonly exchangeId: string };
}

/** The pair whose exchange was judged twice by one side; the one whose is ahead of them is the last. */
export const AMENDED = 1;
/** Who has written all of their profile anew. */
export const PROFILED = 20;

const courseOf = (nth: number, pairs: number): Course => {
  if (nth === AMENDED) return 'amended';
  return nth === pairs - 1 ? 'planned' : 'evaluated';
};

const enterAll = async (ground: Ground): Promise<readonly Entered[]> => {
  const entered: Entered[] = [];
  for (let kind = 0; kind < KIND_COUNT; kind += 2) entered.push(...(await Promise.all([enter(ground, kind), enter(ground, kind + 1)])));
  return entered;
};

type Staff = Readonly<Record<'facilitator' | 'operator' | 'lead' | 'auditor' | 'officer', Person>>;

const staffOf = async (ground: Ground): Promise<Staff> => {
  const as = (subject: string, role: PersonRole): Promise<Person> => personOn(ground, subject, [role]);
  return {
    facilitator: await as('demo-facilitator', 'facilitator'),
    operator: await as('demo-operator', 'operator'),
    lead: await as('demo-lead', 'network-lead'),
    auditor: await as('demo-auditor', 'auditor'),
    officer: await as('demo-protection', 'data-protection-officer'),
  };
};

/** A network full of payloads, in every text that the API takes. */
export const storePayloads = async (ground: Ground, mediatorSubject: string): Promise<Stored> => {
  const { made } = ground;
  const staff = await staffOf(ground);
  const { facilitator, operator, lead } = staff;
  const entered = await enterAll(ground);
  const leaver = await enter(ground, KIND_COUNT);
  const mediator = await personOn(ground, mediatorSubject);
  const mediatorId = ok(await mediator.get('members/me')).body.member.memberId as string;
  const pairs = Array.from({ length: KIND_COUNT / 2 }, (_, nth) => [entered[2 * nth]!, entered[2 * nth + 1]!] as const);
  const played: Awaited<ReturnType<typeof exchange>>[] = [];
  for (const [nth, pair] of pairs.entries())
    played.push(await exchange(ground, { person: mediator, memberId: mediatorId }, { pair, course: courseOf(nth, pairs.length) }));
  const of = (nth: number): Entered => entered[nth]!;
  const entries = await draft(ground, { keeps: of(0), publishes: of(1) });
  const between = { asks: of(4), asked: of(0), answers: of(6), answered: of(8) };
  const request = await draft(ground, { keeps: of(3), publishes: of(10) });
  const proposal = { offerId: entries.offerId, requestId: request.requestId };
  const proposedIds = await propose(ground, { ...between, facilitator, entries: proposal });
  const reported = await report(ground, facilitator, entered);
  const settled = await settle(ground, facilitator, {
    by: of(12),
    contested: of(14),
    of: { requestId: reported.contestedIds[4]!, incidentId: reported.incidentIds[4]! },
    disputed: { by: of(0).person, exchangeId: played[0]!.exchangeId },
  });
  await farewells(ground, staff, { apart: [of(0), of(3)], leaver, looked: played[0]! });
  await operate(ground, operator);
  ok(
    await of(PROFILED).person.send('PUT', `members/${of(PROFILED).memberId}/profile`, {
      profile: { ...profileOf(ground), employeeNumber: made.text(SHORT) },
    }),
  );
  ok(await lead.post('charter', { text: { fr: made.text(0), en: made.text(1) } }));
  ok(await lead.send('PATCH', 'policy', { trainingLabel: made.text(2) }));
  return {
    subjects: entered.map(({ person }) => person.subject),
    matchIds: played.map(({ matchId }) => matchId),
    exchangeIds: played.map(({ exchangeId }) => exchangeId),
    ...reported,
    settled,
    proposedIds,
    entered: await enterOnBehalf(ground, facilitator),
    followUp: await followUp(ground, (subject) => personOn(ground, subject)),
  };
};
