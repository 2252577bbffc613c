import type { SiteUnderTest, Visitor } from '../site-under-test';
import { INTERRUPTIONS, type FormOfSite, type Interruption } from './form-of-site';
import { answerLost, fillIn, finish, killed, signedOut, type Each, type FilledIn, type Tour } from './interruptions';
import type { Who } from './people';

const GROUPS = 3;
const DAY_MS = 86_400_000;
/** `FORMS=all`: all three interruptions on every form. Else one on each form of a group: that of the day, or `FORMS=2`. */
const asked = process.env['FORMS'];
const isWhole = asked === 'all';
const group = asked && !isWhole ? Number(asked) % GROUPS : Math.floor(Date.now() / DAY_MS) % GROUPS;
const sample = (forms: readonly FormOfSite[]): readonly FormOfSite[] =>
  isWhole || forms.length < GROUPS ? forms : forms.filter((_, at) => at % GROUPS === group);
const AT_ONCE = 4;

/** Of events, those that a person gave: what processes do in answer comes when it comes. */
const countsIn = async ({ database }: SiteUnderTest): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await database.query<{ type: string; count: string }>(
    `select type, count(*) from log.events where meta::jsonb -> 'actor' ->> 'role' <> 'system' group by type`,
  );
  return new Map(rows.map(({ type, count }) => [type, Number(count)]));
};

export const visitAll = async (tour: Tour, all: readonly Who[]): Promise<Readonly<Record<Who, Visitor>>> => {
  const visitors: [Who, Visitor][] = [];
  for (let from = 0; from < all.length; from += AT_ONCE)
    visitors.push(
      ...(await Promise.all(
        all.slice(from, from + AT_ONCE).map(async (who): Promise<[Who, Visitor]> => {
          const visitor = await tour.site.visit();
          await visitor.signInAs(tour.people[who]);
          return [who, visitor];
        }),
      )),
    );
  return Object.fromEntries(visitors) as Record<Who, Visitor>;
};

/** Each form meets one interruption, by turns. */
const inTurns = (forms: readonly FormOfSite[]): ReadonlyMap<Interruption, readonly FormOfSite[]> => {
  const turn = ({ turn }: FormOfSite, at: number): Interruption => turn ?? INTERRUPTIONS[at % INTERRUPTIONS.length]!;
  return new Map(INTERRUPTIONS.map((one) => [one, forms.filter((form, at) => turn(form, at) === one)]));
};

/** How many events forms leave that are each sent once. */
const eventsOf = (forms: readonly FormOfSite[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const event of forms.flatMap(({ events }) => events)) counts[event] = (counts[event] ?? 0) + 1;
  return counts;
};

/** Fills in all of them, interrupts them, sends each once; what went wrong, by form. */
export const tryAll = async (tour: Tour, all: readonly FormOfSite[], visitors: Readonly<Record<Who, Visitor>>): Promise<void> => {
  const forms = sample(all);
  const faults = new Map<string, string>();
  const attempt = async ({ name }: FormOfSite, work: () => Promise<void>): Promise<void> => {
    if (!faults.has(name)) await work().catch((fault: unknown) => void faults.set(name, `${name}: ${String(fault)}`));
  };
  const each: Each = async (those, work) => {
    for (const one of those) await attempt(one.form, () => work(one));
  };
  const fill = async (those: readonly FormOfSite[]): Promise<readonly FilledIn[]> => {
    const filled: FilledIn[] = [];
    for (const form of those) await attempt(form, async () => void filled.push(await fillIn(tour, visitors[form.who], form)));
    return filled;
  };
  const lose = (those: readonly FilledIn[]): Promise<void> =>
    each(those, async (one) => {
      await answerLost(one);
      await finish(one, true);
    });
  const before = await countsIn(tour.site);
  if (isWhole) {
    const filled = await fill(forms);
    await killed(tour, filled, each);
    await signedOut(tour, filled, each);
    await lose(filled);
  } else {
    const turns = inTurns(forms);
    const cut = await fill(turns.get('killed')!);
    await killed(tour, cut, each);
    await each(cut, (one) => finish(one, false));
    for (const form of turns.get('answer-lost')!) await lose(await fill([form]));
    const ended = await fill(turns.get('signed-out')!);
    await signedOut(tour, ended, each);
    await each(ended, (one) => finish(one, false));
  }
  const after = await countsIn(tour.site);
  const which = { FORMS: isWhole ? 'all' : String(group) };
  expect({ ...which, faults: [...faults.values()] }).toEqual({ ...which, faults: [] });
  const expected = eventsOf(forms);
  const sent = Object.fromEntries(Object.keys(expected).map((type) => [type, (after.get(type) ?? 0) - (before.get(type) ?? 0)]));
  expect(sent).toEqual(expected);
};
