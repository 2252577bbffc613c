import fc from 'fast-check';
import { now } from '#testing/commands';
import { matchExamples } from '#testing/examples/match.examples';
import { agreement, exchangeId, giver, learner, matchId, planned } from '#testing/histories/exchange-story';
import { eventsOf, type HistoryStep } from '#testing/histories/histories';
import type { Instant } from '#kernel/id';
import { networkFacts } from '#testing/network-facts';
import { acting, ana, bo, cleo, dia, eli, fay, moe, ned, system } from '#testing/people';
import { addDays } from '../calendar';
import type { MemberId } from '../ids';
import type { DomainActor } from '../vocabulary';
import type { MatchCommand } from './match.commands';
import { matchDecider, type MatchRefusal, type MatchState } from './match.decider';
import type { MatchEvent } from './match.events';

type Played = HistoryStep<MatchState, MatchCommand, MatchEvent, MatchRefusal>;
const score = { topic: 1, level: 1, language: 1, distance: 1, availability: 1, reciprocity: 0, waiting: 0, total: 0.8 };
const groups = [
  [giver(ana), learner(bo)],
  [giver(ana), learner(bo), learner(dia)],
  [giver(ana), giver(eli), learner(bo), learner(dia)],
];
const reason = fc.constantFrom('no-time', 'paused', 'left');
const simple = (...types: readonly string[]) => fc.record({ type: fc.constantFrom(...types), data: fc.constant({}) });
const asked = fc.oneof(
  { weight: 8, arbitrary: simple('AcceptMatch') },
  { weight: 3, arbitrary: simple('OpenMatch') },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('DeclineMatch'), data: fc.record({ reason }) }) },
  { weight: 1, arbitrary: simple('SupersedeMatch', 'EndAcceptanceWindow', 'LapseMatch') },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('PlanConnection'), data: fc.record({ mediatorId: fc.constantFrom(moe, moe, ned, ana) }) }),
  },
  { weight: 7, arbitrary: simple('RecordAgreement', 'ConfirmAgreement', 'ConfirmAgreement') },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('GiveUpAgreement'), data: fc.constant({ reason: 'other' }) }) },
);
type Asked = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
const story = fc.record({
  participants: fc.constantFrom(groups[0]!, ...groups),
  smallestGroup: fc.constantFrom(1, 1, 2),
  metBefore: fc.boolean(),
  asking: fc.constantFrom<MemberId | null>(null, bo),
  /** Every other story begins once all have accepted. */
  fromConfirmed: fc.boolean(),
  steps: fc.array(
    fc.tuple(
      asked,
      fc.constantFrom(ana, eli, bo, dia, ana, bo, moe, moe, cleo, fay),
      fc.constantFrom(0, 0, 0, 0, 0, 1, 15, 80),
      fc.boolean(),
    ),
    { maxLength: 40 },
  ),
});
type Story = {
  participants: (typeof groups)[number];
  smallestGroup: number;
  metBefore: boolean;
  asking: MemberId | null;
  fromConfirmed: boolean;
  steps: [Asked, MemberId, number, boolean][];
};

const filled = ({ type, data }: Asked, { by, at }: { by: MemberId; at: Instant }, state: MatchState): object => {
  if (type === 'EndAcceptanceWindow') return { answerBy: state.status === 'opened' ? state.answerBy : now };
  if (type === 'LapseMatch') return { lapseAt: 'lapseAt' in state ? state.lapseAt : now };
  if (type === 'PlanConnection') return { ...data, start: addDays(at, 20), place: 'Salle 2' };
  if (type === 'RecordAgreement') return { exchangeId, agreement: agreement([planned('s1', addDays(at, 30))]) };
  return { ...data, memberId: by, ...(type === 'SupersedeMatch' ? { reason: 'at-capacity' } : {}) };
};

const actorFor = (type: string, by: MemberId, bySystem: boolean): DomainActor => {
  if (['OpenMatch', 'SupersedeMatch', 'EndAcceptanceWindow', 'LapseMatch'].includes(type) || (type === 'DeclineMatch' && bySystem))
    return system;
  return acting(by, by === fay ? 'facilitator' : by === moe || by === ned ? 'mediator' : 'member');
};

const wayToConfirmed = [['OpenMatch', ana], ...[ana, eli, bo, dia].map((id) => ['AcceptMatch', id])].map(
  ([type, id]): Story['steps'][number] => [{ type: type as string, data: {} }, id as MemberId, 0, false],
);

const tell = ({ participants, smallestGroup, metBefore, asking, fromConfirmed, steps }: Story): readonly Played[] => {
  const network = networkFacts({ mediators: [moe, ned, ana] });
  const common = {
    matchId,
    participants,
    topicUri: null,
    level: 'practised',
    language: 'fr',
    smallestGroup,
    ringId: null,
    metBefore,
    score,
    facts: { largestGroup: 8, topicSteps: 0, lastTogether: null },
  };
  const origin = asking ? { kind: 'member', by: asking } : { kind: 'facilitator', by: fay };
  const by = asking ? acting(asking, 'member') : acting(fay, 'facilitator');
  let state: MatchState = matchDecider.initial;
  let at = now;
  const judged = (command: MatchCommand): Played => {
    const before = state;
    const decision = matchDecider.decide(command, before);
    state = decision.kind === 'accepted' ? decision.events.reduce(matchDecider.evolve, before) : before;
    return { command, before, decision, after: state };
  };
  const first = judged({ type: 'ProposeMatch', data: { ...common, origin }, by, at, network } as MatchCommand);
  return [
    first,
    ...(fromConfirmed ? [...wayToConfirmed, ...steps] : steps).map(([order, who, days, bySystem]) => {
      at = addDays(at, days);
      const data = { matchId, ...filled(order, { by: who, at }, state) };
      return judged({ type: order.type, data, by: actorFor(order.type, who, bySystem), at, network } as unknown as MatchCommand);
    }),
  ];
};
const ofType = <Type extends MatchEvent['type']>(events: readonly MatchEvent[], type: Type) =>
  events.filter((event): event is Extract<MatchEvent, { type: Type }> => event.type === type);
/** The seed of a failing run is in fast-check's report. */
const holds = (check: (played: readonly Played[], events: readonly MatchEvent[], told: Story) => void): void =>
  fc.assert(
    fc.property(story, (told) => {
      const played = tell(told as Story);
      check(played, eventsOf(played), told as Story);
    }),
    { numRuns: 300 },
  );

describe('In any history, a match', () => {
  it('writes nothing when a command just accepted is repeated (R22)', () =>
    holds((played) => {
      for (const { command, decision, after } of played)
        if (decision.kind === 'accepted') expect(matchDecider.decide(command, after)).toEqual({ kind: 'accepted', events: [] });
    }));

  it('is confirmed by nobody but those who accepted, every giver and enough learners among them (R6, R10)', () =>
    holds((_, events, { participants, smallestGroup, asking }) => {
      const confirmed = ofType(events, 'MatchConfirmed');
      expect(confirmed.length).toBeLessThanOrEqual(1);
      for (const { data } of confirmed) {
        const accepted = [asking, ...ofType(events, 'MatchAccepted').map((event) => event.data.memberId)];
        for (const { memberId } of data.participants) expect(accepted).toContain(memberId);
        const count = (people: typeof data.participants, role: string) => people.filter((each) => each.role === role).length;
        expect(count(data.participants, 'giver')).toBe(count(participants, 'giver'));
        expect(count(data.participants, 'learner')).toBeGreaterThanOrEqual(smallestGroup);
      }
    }));

  it('ends once, and agrees once, after the confirmation and with a mediator who takes no part, or none where waived (R8, R9)', () =>
    holds((_, events, { metBefore, participants }) => {
      const over = events.filter(
        (event) =>
          ['MatchExpired', 'MatchSuperseded', 'AgreementNotReached'].includes(event.type) ||
          (event.type === 'MatchDeclined' && event.data.ends),
      );
      expect(over.length).toBeLessThanOrEqual(1);
      const types = events.map(({ type }) => type);
      const reached = ofType(events, 'AgreementReached');
      expect(reached.length).toBeLessThanOrEqual(1);
      for (const { data } of reached) {
        expect(types.indexOf('MatchConfirmed')).toBeLessThan(types.indexOf('AgreementReached'));
        expect(data.participants.map(({ memberId }) => memberId)).not.toContain(data.mediatorId);
        if (data.mediatorId === null) expect(metBefore && participants.length === 2).toBe(true);
        expect(data.participants).toContainEqual(expect.objectContaining({ memberId: data.textOwner, role: 'giver' }));
      }
    }));

  it('writes nothing more once it ended, or was agreed by all (R22)', () =>
    holds((played) => {
      const final = ['declined', 'expired', 'superseded', 'not-agreed', 'agreed'];
      for (const { before, decision } of played)
        if (final.includes(before.status) && decision.kind === 'accepted') expect(decision.events).toEqual([]);
    }));
});

it('reaches every event in those histories', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(story, (told) => {
      for (const { type } of eventsOf(tell(told as Story))) seen.add(type);
    }),
    { numRuns: 2000, seed: 20260302 },
  );
  expect(Object.keys(matchExamples).filter((type) => !seen.has(type))).toEqual([]);
});

it('folds any sequence of events without judging it', () => {
  const all = Object.entries(matchExamples).map(([type, data]) => ({ type, data }) as unknown as MatchEvent);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { maxLength: 30 }), (events) => {
      expect(events.reduce(matchDecider.evolve, matchDecider.initial).status).toBeDefined();
    }),
    { numRuns: 500 },
  );
});
