import type { Instant } from '#kernel/id';
import type { SatisfactionRow } from '#projections/satisfaction/satisfaction.projection';

/** A small generator of numbers from 0 to 1 (mulberry32): the same seed, the same network. */
const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const START = Date.UTC(2025, 0, 6, 12);
const DAY = 24 * 60 * 60_000;
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

export interface Sizes {
  readonly exchanges: number;
  readonly weeks: number;
  readonly seed: number;
}

interface Dice {
  readonly below: (n: number) => number;
  readonly chance: (p: number) => boolean;
}

const diceOf = (seed: number): Dice => {
  const next = random(seed);
  return { below: (n) => Math.floor(next() * n), chance: (p) => next() < p };
};

type Tell = (is: string, at: number, data: object) => object;

const teller = (id: string): Tell => {
  let told = 0;
  return (is, at, data) => ({ is, at: iso(at), rec: iso(at), id: `${id}-${(told += 1)}`, ...data });
};

const membersOf = (count: number, dice: Dice): readonly object[] =>
  Array.from({ length: count }, (_, index) => {
    const place = { site: `S${dice.below(12)}`, unit: `U${dice.below(30)}` };
    const facts = [teller(`enrol-${index}`)('MemberEnrolled', START - 30 * DAY, place)];
    return { kind: 'member', networkId: 'n', id: `m${index}`, facts };
  });

const formOf = (role: string, dice: Dice): object => ({
  overall: 1 + dice.below(5),
  criteria: [0, 1].map((criterion) => ({ criterionId: `c${criterion}`, score: 1 + dice.below(5) })),
  usable: role === 'learner' ? 1 + dice.below(5) : null,
  again: dice.chance(0.8),
});

const presentOf = (members: number, dice: Dice): readonly { memberId: string; role: string }[] => {
  const persons = new Set<number>();
  const wanted = 2 + dice.below(2);
  while (persons.size < wanted) persons.add(dice.below(members));
  return [...persons].map((person, index) => ({ memberId: `m${person}`, role: index === 0 ? 'giver' : 'learner' }));
};

const exchangeOf = (index: number, { exchanges, weeks }: Sizes, dice: Dice): object => {
  const tell = teller(`x${index}`);
  const present = presentOf(Math.max(10, Math.ceil(exchanges / 5)), dice);
  const held = START + Math.floor((index / exchanges) * weeks * 7) * DAY;
  const [submitted, missed] = [true, false].map((answers) => present.filter((_, place) => ((index + place) % 6 !== 0) === answers));
  const learners = present.filter(({ role }) => role === 'learner').map(({ memberId }) => memberId);
  const facts = [
    tell('ExchangeAgreed', held - 7 * DAY, {
      topicUri: dice.chance(0.8) ? `topic:${dice.below(150)}` : null,
      members: present.map(({ memberId }) => memberId),
    }),
    tell('ExchangeHeld', held, { present }),
    ...present.map(({ memberId, role }) => tell('TrainingHoursRecorded', held, { memberId, role, minutes: 60 })),
    ...(submitted ?? []).map(({ memberId, role }) =>
      tell('EvaluationSubmitted', held + 2 * DAY, { memberId, role, form: formOf(role, dice) }),
    ),
    ...(dice.chance(0.03)
      ? [
          tell('ExchangeDisputed', held + DAY, { disputeId: 'd', by: present[0]?.memberId }),
          tell('DisputeSettled', held + 9 * DAY, { disputeId: 'd' }),
        ]
      : []),
    tell('ExchangeClosed', held + 3 * DAY, { submitted, missed }),
    tell('FollowUpDue', held + 60 * DAY, { learners, until: iso(held + 90 * DAY) }),
    ...learners
      .filter(() => dice.chance(0.6))
      .map((memberId) => tell('FollowUpSubmitted', held + 65 * DAY, { memberId, usedAtWork: dice.chance(0.7) })),
  ];
  return { kind: 'exchange', networkId: 'n', id: `x${index}`, facts };
};

/** The rows of a network of `exchanges` spread over `weeks`, five exchanges a member, 12 sites, 30 units and 150 topics. */
export const satisfactionRows = (sizes: Sizes): readonly SatisfactionRow[] => {
  const dice = diceOf(sizes.seed);
  const network = {
    kind: 'network',
    networkId: 'n',
    id: 'n',
    facts: [teller('open')('NetworkOpened', START - 60 * DAY, { timeZone: 'Europe/Paris' })],
  };
  const members = membersOf(Math.max(10, Math.ceil(sizes.exchanges / 5)), dice);
  const exchanges = Array.from({ length: sizes.exchanges }, (_, index) => exchangeOf(index, sizes, dice));
  // Made to the shape that the fold gives, from opaque ids of this bench.
  return [network, ...members, ...exchanges] as unknown as readonly SatisfactionRow[];
};

/** When the last week of the network has ended. */
export const endOf = ({ weeks }: Sizes): Instant => iso(START + (weeks * 7 + 1) * DAY) as Instant;
