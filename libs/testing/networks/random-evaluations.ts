import type { ExchangeId, MemberId } from '#domain/ids';
import type { ExchangeRole } from '#domain/vocabulary';
import { addDays } from '#domain/calendar';
import { type SeededRandom, seededRandom } from '../seeded-random';
import { evaluatedNetwork, member, type Said } from './satisfaction-network';
import { instant } from '../histories/story';

type Network = ReturnType<typeof evaluatedNetwork>;

const START = '2024-02-05';
/** More than two years, so that receipts grow old enough to be asked whether they were passed on. */
const WEEKS = 120;
const dateOf = (week: number, days = 0): string => addDays(instant(START), 7 * week + days);
export const someWeeks = [85, WEEKS].map((week) => dateOf(week));

interface Cast {
  readonly network: Network;
  readonly dice: SeededRandom;
  readonly persons: readonly string[];
}

const oneOf = <T>(dice: SeededRandom, all: readonly T[]): T => all[dice(all.length)]!;
const codes = (dice: SeededRandom) => ({ site: oneOf(dice, ['LYO', 'LIL']), unit: oneOf(dice, ['MAIL', 'BANK']) });

interface Followed {
  readonly id: string;
  /** The giver, then learners. */
  readonly there: readonly string[];
  /** So many days after it. */
  readonly on: (days: number) => string;
}

/** What follows an exchange: hours, follow-ups, a dispute and its settlement. */
export const follow = ({ network: { told }, dice }: Pick<Cast, 'network' | 'dice'>, { id, there, on }: Followed): void => {
  const exchangeId = id as ExchangeId;
  const roleOf = (index: number): ExchangeRole => (index === 0 ? 'giver' : 'learner');
  there.forEach((name, index) =>
    told('TrainingHoursRecorded', { exchangeId, memberId: member(name), role: roleOf(index), minutes: 30 + dice(90) }, { on: on(0) }),
  );
  const learners = there.slice(1).map((name): MemberId => member(name));
  told('FollowUpDue', { exchangeId, learners, until: instant(on(90)) }, { on: on(60) });
  for (const memberId of learners)
    if (dice(4) !== 0) told('FollowUpSubmitted', { exchangeId, memberId, usedAtWork: dice(2) === 0 }, { on: on(70), by: memberId });
  if (dice(3) !== 0) return;
  const disputeId = `d-${id}` as never;
  told('ExchangeDisputed', { exchangeId, disputeId, by: member(oneOf(dice, there)) }, { on: on(1) });
  told('DisputeSettled', { exchangeId, disputeId }, { on: on(2 + dice(9)) });
};

const meet = (cast: Cast, week: number, nth: number): void => {
  const { network, dice, persons } = cast;
  const there = [...new Set(Array.from({ length: 2 + dice(2) }, () => oneOf(dice, persons)))];
  const [giver, ...learners] = there;
  if (giver === undefined || learners.length === 0) return;
  const id = `x${week}-${nth}`;
  const saying = (): Said => ({ overall: 1 + dice(5), usable: 1 + dice(5), again: dice(2) === 0, criteria: [1 + dice(5), 1 + dice(5)] });
  const said = Object.fromEntries(there.filter(() => dice(6) !== 0).map((name) => [name, saying()]));
  network.exchanged(id, { on: dateOf(week), giver, learners, said, topicUri: oneOf(dice, ['topic:a', 'topic:b', null]) });
  follow(cast, { id, there, on: (days) => dateOf(week, days) });
};

/** People move, go and come back. */
const live = ({ network: { told }, dice, persons }: Cast, week: number): void => {
  const memberId = member(oneOf(dice, persons));
  const when = { on: dateOf(week), by: memberId };
  const act = dice(6);
  if (act < 3) told('ProfileChanged', { memberId, profile: codes(dice) as never }, when);
  if (act === 3) told('MemberSuspended', { memberId }, { on: dateOf(week) });
  if (act === 4) told('ReciprocityRestored', { memberId }, when);
  if (act === 5 && dice(4) === 0) told('MemberLeft', { memberId }, when);
};

/** What a network of one seed recorded that satisfaction is told from. */
export const randomEvaluations = (seed: number): Network => {
  const network = evaluatedNetwork();
  const dice = seededRandom(seed);
  const persons = Array.from({ length: 50 }, (_, index) => `p${index}`);
  persons.forEach((name) => network.enrolled([name], codes(dice)));
  for (let week = 0; week < WEEKS; week += 1) {
    live({ network, dice, persons }, week);
    const meetings = dice(8) === 0 ? 8 + dice(8) : dice(4);
    for (let nth = 0; nth < meetings; nth += 1) meet({ network, dice, persons }, week, nth);
  }
  return network;
};
