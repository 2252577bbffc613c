import fc from 'fast-check';
import { command, now } from '#testing/commands';
import { exchangeExamples } from '#testing/examples/exchange.examples';
import {
  agreement,
  exchangeId,
  form,
  giver,
  ids,
  learner,
  openingOf,
  planned,
  presence,
  salt,
  session,
} from '#testing/histories/exchange-story';
import { eventsOf, play, type HistoryStep } from '#testing/histories/histories';
import { networkFacts } from '#testing/network-facts';
import { acting, ana, bo, cleo, dia, eli, fay, moe, ned, system } from '#testing/people';
import { addDays } from '../calendar';
import type { DisputeId, MemberId } from '../ids';
import type { Presence, Role } from '../vocabulary';
import type { ExchangeCommand } from './exchange.commands';
import { exchangeDecider, type ExchangeRefusal, type ExchangeState } from './exchange.decider';
import type { ExchangeEvent } from './exchange.events';
import { courseOf } from './exchange.state';

type Played = HistoryStep<ExchangeState, ExchangeCommand, ExchangeEvent, ExchangeRefusal>;

const people = [ana, eli, bo, dia] as const;
const participants = [giver(ana), giver(eli), learner(bo), learner(dia)];
const anybody = fc.constantFrom<MemberId>(...people, ...people, moe, ned, cleo, fay);
const sessionId = fc.constantFrom(session('s1'), session('s2'), session('s3'));
const disputeId = fc.constantFrom('d1' as DisputeId, 'd2' as DisputeId);
const start = fc.integer({ min: -3, max: 12 }).map((day) => addDays(now, day));
const outside = fc.integer({ min: 0, max: 40 });
const presenceOf = (memberId: MemberId): fc.Arbitrary<Presence> =>
  outside.map((minutesOutside) => ({ memberId, role: memberId === ana || memberId === eli ? 'giver' : 'learner', minutesOutside }));
const present = fc.subarray([...people], { minLength: 1 }).chain((ids_) => fc.tuple(...ids_.map(presenceOf)));
const roleOf = (memberId: MemberId) => (memberId === ana || memberId === eli ? 'giver' : 'learner');
const score = fc.integer({ min: 1, max: 5 });

/** Commands of people: `data` without the exchange, and who asks. Ids are few, so that they meet. */
const asked = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('ReportSession'),
      data: fc.record({ sessionId, start, minutes: fc.constantFrom(45, 60), present }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('ConfirmHeld'), data: fc.constant({}) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('Submit'), data: fc.record({ overall: score }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('Amend'), data: fc.record({ overall: score }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('CorrectSession'),
      data: fc.record({ sessionId, there: fc.boolean(), minutesOutside: outside }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('SettleHeld'), data: fc.record({ outcome: fc.constantFrom('held', 'not-held') }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('ReportNoShow'), data: fc.record({ sessionId, memberId: fc.constantFrom(...people) }) }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('ContestNoShow'), data: fc.record({ sessionId }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('RescheduleSession'), data: fc.record({ sessionId, start }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('DropOut'), data: fc.constant({ reason: 'own-choice' }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constantFrom('CancelExchange', 'InterruptExchange'), data: fc.constant({ reason: 'other' }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('DisputeExchange'),
      data: fc.record({ disputeId, kind: fc.constant('content'), text: fc.constant('…') }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('SettleDispute'),
      data: fc.record({ disputeId, outcome: fc.constantFrom('goes-on', 'goes-on', 'closed'), text: fc.constant('…') }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('SubmitFollowUp'), data: fc.constant({ usedAtWork: true, example: null, salt }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom('RecordTrainingHours', 'LapseExchange', 'EndEvaluation', 'CallFollowUp'),
      data: fc.constant({}),
    }),
  },
);
type Asked = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

const systems = ['RecordTrainingHours', 'LapseExchange', 'EndEvaluation', 'CallFollowUp'];
const roleFor = (id: MemberId): Role => (id === fay ? 'facilitator' : id === moe || id === ned ? 'mediator' : 'member');

/** Fills in what depends on who asks, and on the windows that are in force. */
const filled = ({ type, data }: Asked, by: MemberId, state: ExchangeState): { readonly type: string; readonly data: object } => {
  const course = state.status === 'unknown' ? null : courseOf(state);
  if (type === 'Submit' || type === 'Amend')
    return { type: `${type}Evaluation`, data: { form: form(roleOf(by), { overall: data['overall'] as number }), salt } };
  if (type === 'CorrectSession') {
    const { there, minutesOutside, ...rest } = data;
    return { type, data: { ...rest, memberId: by, now: there ? { memberId: by, role: roleOf(by), minutesOutside } : null } };
  }
  if (type === 'RescheduleSession')
    return { type, data: { sessionId: data['sessionId'], to: planned(data['sessionId'] as string, data['start'] as never) } };
  if (type === 'DropOut') return { type, data: { ...data, memberId: by } };
  if (type === 'LapseExchange') return { type, data: { lapseAt: course?.lapseAt ?? now } };
  if (type === 'EndEvaluation') return { type, data: { evaluateBy: course?.outcome?.evaluateBy ?? now } };
  return { type, data };
};

const story = fc.record({
  steps: fc.array(fc.tuple(asked, anybody, fc.constantFrom(0, 0, 0, 0, 0.5, 3, 20)), { minLength: 5, maxLength: 60 }),
  mediatorId: fc.constantFrom(moe, null),
  /** Every other story begins once it was held. */
  fromHeld: fc.boolean(),
});
type Story = { readonly steps: readonly [Asked, MemberId, number][]; readonly mediatorId: MemberId | null; readonly fromHeld: boolean };
const wayToHeld: readonly [Asked, MemberId, number][] = [
  [
    {
      type: 'ReportSession',
      data: { sessionId: session('s1'), start: now, minutes: 60, present: [presence(ana, 'giver'), presence(bo, 'learner', 5)] },
    },
    ana,
    0,
  ],
  [{ type: 'ConfirmHeld', data: {} }, ana, 0],
  [{ type: 'ConfirmHeld', data: {} }, bo, 0],
];

/** A random history, each command judged on the state that it meets. */
const tell = ({ steps, mediatorId, fromHeld }: Story): readonly Played[] => {
  const opening = openingOf({ participants, mediatorId, agreement: agreement([planned('s1'), planned('s2', addDays(now, 6))]) });
  const network = networkFacts();
  const played: Played[] = [...play(exchangeDecider, [command('OpenExchange', opening, system) as ExchangeCommand])];
  let at = addDays(now, 2);
  for (const [order, by, days] of fromHeld ? [...wayToHeld, ...steps] : steps) {
    at = addDays(at, days);
    const before = played.at(-1)!.after;
    const actor = systems.includes(order.type) ? system : acting(by, roleFor(by));
    const { type, data } = filled(order, by, before);
    const next = { type, data: { exchangeId, ...data }, by: actor, at, network } as unknown as ExchangeCommand;
    const decision = exchangeDecider.decide(next, before);
    const after = decision.kind === 'accepted' ? decision.events.reduce(exchangeDecider.evolve, before) : before;
    played.push({ command: next, before, decision, after });
  }
  return played;
};
const ofType = <Type extends ExchangeEvent['type']>(events: readonly ExchangeEvent[], type: Type) =>
  events.filter((event): event is Extract<ExchangeEvent, { type: Type }> => event.type === type);
/** The seed of a failing run is in fast-check's report. */
const holds = (check: (played: readonly Played[], events: readonly ExchangeEvent[]) => void): void =>
  fc.assert(
    fc.property(story, (told) => {
      const played = tell(told as Story);
      check(played, eventsOf(played));
    }),
    { numRuns: 250 },
  );

describe('In any history, an exchange', () => {
  it('writes nothing when a command just accepted is repeated (R22)', () =>
    holds((played) => {
      for (const { command: repeated, decision, after } of played)
        if (decision.kind === 'accepted') expect(exchangeDecider.decide(repeated, after)).toEqual({ kind: 'accepted', events: [] });
    }));

  it('is held once, on a session, by a giver and a learner who were there or by the mediator (R12)', () =>
    holds((played, events) => {
      expect(ofType(events, 'ExchangeHeld').length).toBeLessThanOrEqual(1);
      for (const { decision, after } of played) {
        const [held] = decision.kind === 'accepted' ? ofType(decision.events, 'ExchangeHeld') : [];
        if (!held || after.status === 'unknown') continue;
        const { present: there, lastSessionId } = held.data;
        const course = courseOf(after);
        expect(course.sessions.map((each) => each.sessionId)).toContain(lastSessionId);
        expect(new Set(there.map(({ role }) => role))).toEqual(new Set(['giver', 'learner']));
        const settled = ofType(decision.kind === 'accepted' ? decision.events : [], 'HeldSettled').length > 0;
        const sides = new Set(there.filter(({ memberId }) => course.confirmedBy.includes(memberId)).map(({ role }) => role));
        expect(settled || sides.size === 2).toBe(true);
      }
    }));

  it('is evaluated once by each who was there, after held and before unsealing (R13)', () =>
    holds((_, events) => {
      const submitted = ofType(events, 'EvaluationSubmitted').map(({ data }) => data.memberId);
      expect(new Set(submitted).size).toBe(submitted.length);
      const types = events.map(({ type }) => type);
      const held = types.indexOf('ExchangeHeld');
      const closed = types.indexOf('ExchangeClosed');
      types.forEach((type, at) => {
        if (type === 'EvaluationSubmitted' || type === 'EvaluationAmended') {
          expect(held >= 0 && at > held).toBe(true);
          expect(closed < 0 || at < closed).toBe(true);
        }
      });
      for (const { data } of ofType(events, 'ExchangeEvaluated'))
        for (const { memberId } of data.submitted) expect(submitted).toContain(memberId);
      expect(ofType(events, 'ExchangeClosed').length).toBeLessThanOrEqual(1);
    }));

  it('ends once: closed, cancelled or interrupted, and neither of the last two once held (§3)', () =>
    holds((_, events) => {
      const ends = events.filter(({ type }) => type === 'ExchangeClosed' || type === 'ExchangeCancelled' || type === 'ExchangeInterrupted');
      expect(ends.length).toBeLessThanOrEqual(1);
      if (ofType(events, 'ExchangeHeld').length > 0) expect(ends.every(({ type }) => type === 'ExchangeClosed')).toBe(true);
    }));

  it('records hours that add up to the presences as last corrected, per session and person (R20)', () =>
    holds((played, events) => {
      const last = played.at(-1)!.after;
      if (last.status === 'unknown' || !courseOf(last).outcome) return expect(ofType(events, 'TrainingHoursRecorded')).toEqual([]);
      const record = command('RecordTrainingHours', { exchangeId }, system) as ExchangeCommand;
      const decision = exchangeDecider.decide(record, last);
      const all = ofType([...events, ...(decision.kind === 'accepted' ? decision.events : [])], 'TrainingHoursRecorded');
      expect(new Set(all.map(({ data }) => data.hoursId)).size).toBe(all.length);
      for (const each of courseOf(last).sessions)
        for (const memberId of people) {
          const lines = all.filter(({ data }) => data.sessionId === each.sessionId && data.memberId === memberId);
          const there = each.present.find((presence) => presence.memberId === memberId);
          expect(lines.reduce((sum, { data }) => sum + data.minutes, 0)).toBe(there ? each.minutes : 0);
          expect(lines.reduce((sum, { data }) => sum + data.minutesOutside, 0)).toBe(there?.minutesOutside ?? 0);
          lines.forEach(({ data }, n) => expect(data.corrects).toBe(lines[n - 1]?.data.hoursId ?? null));
        }
    }));

  it('does not change its state by what it refuses (R22)', () =>
    holds((played) => {
      for (const { decision, before, after } of played) if (decision.kind === 'refused') expect(after).toBe(before);
    }));
});

it('reaches every kind of end in those histories', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(story, (told) => {
      for (const { type } of eventsOf(tell(told as Story))) seen.add(type);
    }),
    { numRuns: 1500, seed: 20260302 },
  );
  const all = Object.keys(exchangeExamples);
  expect(all.filter((type) => !seen.has(type))).toEqual([]);
});

it('folds any sequence of events without judging it', () => {
  const all = Object.entries(exchangeExamples).map(([type, data]) => ({ type, data: { ...data, ...ids } }) as unknown as ExchangeEvent);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { maxLength: 40 }), (events) => {
      expect(events.reduce(exchangeDecider.evolve, exchangeDecider.initial).status).toBeDefined();
    }),
    { numRuns: 500 },
  );
});
