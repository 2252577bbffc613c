import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import type { Instant } from '#kernel/id';
import type { SatisfactionRow } from '#projections/satisfaction/satisfaction.projection';

const START = Date.UTC(2025, 0, 6, 12);
const DAY = 24 * 60 * 60_000;
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

export interface Sizes {
  readonly exchanges: number;
  readonly weeks: number;
  readonly seed: number;
}

const below = (chance: SeededRandom, sides: number): number => chance.whole(0, sides - 1);

type Tell = (is: string, at: number, data: object) => object;

const teller = (id: string): Tell => {
  let told = 0;
  return (is, at, data) => ({ is, at: iso(at), rec: iso(at), id: `${id}-${(told += 1)}`, ...data });
};

const membersOf = (count: number, chance: SeededRandom): readonly object[] =>
  Array.from({ length: count }, (_, index) => {
    const place = { site: `S${below(chance, 12)}`, unit: `U${below(chance, 30)}` };
    const facts = [teller(`enrol-${index}`)('MemberEnrolled', START - 30 * DAY, place)];
    return { kind: 'member', networkId: 'n', id: `m${index}`, facts };
  });

const formOf = (role: string, chance: SeededRandom): object => ({
  overall: 1 + below(chance, 5),
  criteria: [0, 1].map((criterion) => ({ criterionId: `c${criterion}`, score: 1 + below(chance, 5) })),
  usable: role === 'learner' ? 1 + below(chance, 5) : null,
  again: chance.yes(0.8),
});

const presentOf = (members: number, chance: SeededRandom): readonly { memberId: string; role: string }[] => {
  const persons = new Set<number>();
  const wanted = 2 + below(chance, 2);
  while (persons.size < wanted) persons.add(below(chance, members));
  return [...persons].map((person, index) => ({ memberId: `m${person}`, role: index === 0 ? 'giver' : 'learner' }));
};

const exchangeOf = (index: number, { exchanges, weeks }: Sizes, chance: SeededRandom): object => {
  const tell = teller(`x${index}`);
  const present = presentOf(Math.max(10, Math.ceil(exchanges / 5)), chance);
  const held = START + Math.floor((index / exchanges) * weeks * 7) * DAY;
  const [submitted, missed] = [true, false].map((answers) => present.filter((_, place) => ((index + place) % 6 !== 0) === answers));
  const learners = present.filter(({ role }) => role === 'learner').map(({ memberId }) => memberId);
  const facts = [
    tell('ExchangeAgreed', held - 7 * DAY, {
      topicUri: chance.yes(0.8) ? `topic:${below(chance, 150)}` : null,
      members: present.map(({ memberId }) => memberId),
    }),
    tell('ExchangeHeld', held, { present }),
    ...present.map(({ memberId, role }) => tell('TrainingHoursRecorded', held, { memberId, role, minutes: 60 })),
    ...(submitted ?? []).map(({ memberId, role }) =>
      tell('EvaluationSubmitted', held + 2 * DAY, { memberId, role, form: formOf(role, chance) }),
    ),
    ...(chance.yes(0.03)
      ? [
          tell('ExchangeDisputed', held + DAY, { disputeId: 'd', by: present[0]?.memberId }),
          tell('DisputeSettled', held + 9 * DAY, { disputeId: 'd' }),
        ]
      : []),
    tell('ExchangeClosed', held + 3 * DAY, { submitted, missed }),
    tell('FollowUpDue', held + 60 * DAY, { learners, until: iso(held + 90 * DAY) }),
    ...learners
      .filter(() => chance.yes(0.6))
      .map((memberId) => tell('FollowUpSubmitted', held + 65 * DAY, { memberId, usedAtWork: chance.yes(0.7) })),
  ];
  return { kind: 'exchange', networkId: 'n', id: `x${index}`, facts };
};

/** The rows of a network of `exchanges` spread over `weeks`, five exchanges a member, 12 sites, 30 units and 150 topics. */
export const satisfactionRows = (sizes: Sizes): readonly SatisfactionRow[] => {
  const chance = seededRandom(sizes.seed, 'satisfaction');
  const network = {
    kind: 'network',
    networkId: 'n',
    id: 'n',
    facts: [teller('open')('NetworkOpened', START - 60 * DAY, { timeZone: 'Europe/Paris' })],
  };
  const members = membersOf(Math.max(10, Math.ceil(sizes.exchanges / 5)), chance);
  const exchanges = Array.from({ length: sizes.exchanges }, (_, index) => exchangeOf(index, sizes, chance));
  // Made to the shape that the fold gives, from opaque ids of this bench.
  return [network, ...members, ...exchanges] as unknown as readonly SatisfactionRow[];
};

/** When the last week of the network has ended. */
export const endOf = ({ weeks }: Sizes): Instant => iso(START + (weeks * 7 + 1) * DAY) as Instant;
