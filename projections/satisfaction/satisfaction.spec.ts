import type { Salt } from '#domain/ids';
import { dumpFolded, foldInMemory } from '#read-store/fold/in-memory-fold';
import { eventExamples } from '#testing/event-examples';
import { evaluatedNetwork, member } from '#testing/networks/satisfaction-network';
import { storyteller } from '#testing/histories/story';
import { satisfactionModel } from './satisfaction.table';

const D = '2026-07-01';
const HIDDEN = { hidden: true };

describe('the facts that satisfaction rests on', () => {
  it('keeps scores and no comment (R15, R19)', () => {
    const { told, events } = storyteller();
    told(
      'EvaluationSubmitted',
      { form: { ...eventExamples.EvaluationSubmitted.form, comment: { ref: 'x#/form/comment' } } },
      { on: '2026-03-01', by: 'bo' },
    );
    const { rows } = foldInMemory(satisfactionModel, events);
    expect(JSON.stringify([...rows.values()])).not.toContain('comment');
    expect([...rows.keys()]).toEqual([`exchange/${eventExamples.EvaluationSubmitted.exchangeId}`]);
  });

  it('hold random bits, so that no hash over them lets a form be tried (R15, case 22)', () => {
    const hashedOf = (salt: string) => {
      const { told, events } = storyteller();
      const salted = { salt: salt.repeat(32) as Salt };
      told('EvaluationSubmitted', salted, { on: '2026-03-01', by: 'bo' });
      told('EvaluationAmended', salted, { on: '2026-03-02', by: 'bo' });
      told('FollowUpSubmitted', salted, { on: '2026-05-05', by: 'bo' });
      return dumpFolded(satisfactionModel, foldInMemory(satisfactionModel, events)).join('\n');
    };
    expect(hashedOf('a').split('a'.repeat(32))).toHaveLength(4);
    expect(hashedOf('a')).not.toBe(hashedOf('b'));
  });
});

describe('response and satisfaction', () => {
  it('shows the response rate, and the satisfaction rate with n and its Wilson interval: 8 of 10', () => {
    const { pairs, exchanged, figure } = evaluatedNetwork();
    pairs('a', 4, { on: '2026-05-01' });
    pairs('b', 1, { on: '2026-05-01', said: { overall: 3 } });
    exchanged('c', { on: '2026-05-01', giver: 'x', learners: ['y'], said: {} });
    expect(figure('responseRate', D)).toMatchObject({ hidden: false, numerator: 10, denominator: 12 });
    expect(figure('satisfaction', D)).toMatchObject({
      ...{ hidden: false, value: 0.8, numerator: 8, n: 10, responseRate: 10 / 12 },
      interval: { low: expect.closeTo(0.4902, 4), high: expect.closeTo(0.9433, 4) },
    });
  });

  it('keeps learners and givers apart, by role', () => {
    const { exchanged, figure } = evaluatedNetwork();
    for (const n of [0, 1, 2, 3, 4])
      exchanged(`x${n}`, {
        on: '2026-05-01',
        giver: `g${n}`,
        learners: [`l${n}`],
        said: { [`g${n}`]: { overall: 5 }, [`l${n}`]: { overall: n === 0 ? 2 : 4 } },
      });
    expect(figure('satisfaction', D, 'role:giver')).toMatchObject({ value: 1, n: 5 });
    expect(figure('satisfaction', D, 'role:learner')).toMatchObject({ value: 0.8, n: 5 });
  });

  it('counts the last version of an amended form (R13)', () => {
    const { told, exchanged, pairs, figure } = evaluatedNetwork();
    pairs('a', 4, { on: '2026-05-01' });
    told(
      'EvaluationSubmitted',
      {
        exchangeId: 'b' as never,
        memberId: member('l'),
        role: 'learner',
        form: { overall: 1, criteria: [], usable: 1, again: false, comment: null },
      },
      { on: '2026-05-01', by: 'l' },
    );
    exchanged('b', { on: '2026-05-02', giver: 'g', learners: ['l'], said: { g: {}, l: { overall: 5 } } });
    expect(figure('satisfaction', D)).toMatchObject({ value: 1, n: 10 });
  });

  it('counts nothing that is still sealed (R13, R15)', () => {
    const { told, pairs, figure } = evaluatedNetwork();
    pairs('a', 3, { on: '2026-05-01' });
    for (const n of [0, 1, 2, 3, 4, 5])
      told('EvaluationSubmitted', { exchangeId: `s${n}` as never, memberId: member(`s${n}`) }, { on: '2026-05-01', by: `s${n}` });
    expect(figure('satisfaction', D)).toMatchObject({ hidden: false, n: 6 });
  });
});

describe('exchanges together', () => {
  it('is mutual where every overall is 4 or more, among exchanges fully evaluated: 4 of 5', () => {
    const { pairs, exchanged, figure } = evaluatedNetwork();
    pairs('a', 4, { on: '2026-05-01', said: { overall: 4 } });
    exchanged('b', { on: '2026-05-01', giver: 'bg', learners: ['bl'], said: { bg: { overall: 5 }, bl: { overall: 3 } } });
    exchanged('c', { on: '2026-05-01', giver: 'cg', learners: ['cl'], said: { cg: { overall: 1 } } });
    expect(figure('mutualSatisfaction', D)).toMatchObject({ value: 0.8, n: 5, responseRate: 11 / 12 });
  });

  it('has met a criterion where the median of the learners is 4 or more', () => {
    const { pairs, exchanged, figure } = evaluatedNetwork();
    pairs('a', 4, { on: '2026-05-01', said: { criteria: [4, 3] } });
    exchanged('b', {
      on: '2026-05-01',
      giver: 'g',
      learners: ['x', 'y', 'z'],
      said: { g: { criteria: [1, 1] }, x: { criteria: [5, 1] }, y: { criteria: [4, 4] }, z: { criteria: [1, 5] } },
    });
    // Four exchanges with one of two; the last with medians 4 and 4.
    expect(figure('objectivesAttained', D)).toMatchObject({ numerator: 6, denominator: 10, value: 0.6 });
  });
});

describe('usefulness and what follows', () => {
  it('asks the learners alone: usable hot, used at work cold, once the window of the follow-up ended', () => {
    const { told, pairs, exchanged, figure } = evaluatedNetwork();
    pairs('a', 5, { on: '2026-03-01', said: { usable: 4 } });
    exchanged('b', { on: '2026-03-01', giver: 'g', learners: ['l'], said: { g: {}, l: { usable: 2, again: false } } });
    const learners = (n: number): never => `al${n}` as never;
    [0, 1, 2, 3, 4].forEach((n) => {
      told(
        'FollowUpDue',
        { exchangeId: `a${n}` as never, learners: [learners(n)], until: '2026-05-30T12:00:00.000Z' as never },
        { on: '2026-04-30' },
      );
      told(
        'FollowUpSubmitted',
        { exchangeId: `a${n}` as never, memberId: learners(n), usedAtWork: n > 1 },
        { on: '2026-05-02', by: learners(n) },
      );
    });
    expect(figure('usefulHot', D)).toMatchObject({ value: 5 / 6, n: 6 });
    expect(figure('exchangeAgain', D)).toMatchObject({ numerator: 11, n: 12 });
    expect(figure('usefulCold', '2026-05-29')).toMatchObject(HIDDEN);
    expect(figure('usefulCold', '2026-06-02')).toMatchObject({ value: 0.6, n: 5, responseRate: 1 });
  });

  it('knows who passes on within twelve months after a first receipt of the previous year: 2 of 5', () => {
    const { exchanged, figure } = evaluatedNetwork();
    for (const n of [0, 1, 2, 3, 4]) exchanged(`r${n}`, { on: '2025-03-03', giver: `g${n}`, learners: [`l${n}`], said: {} });
    exchanged('p0', { on: '2025-09-01', giver: 'l0', learners: ['z'], said: {} });
    exchanged('p1', { on: '2026-03-01', giver: 'l1', learners: ['z'], said: {} });
    exchanged('p2', { on: '2026-03-10', giver: 'l2', learners: ['z'], said: {} });
    expect(figure('passingOn', '2026-03-20')).toMatchObject({ numerator: 2, denominator: 5 });
  });

  it('counts disputes per 100 E and the median of days to settle', () => {
    const { told, pairs, figure } = evaluatedNetwork();
    pairs('a', 10, { on: '2026-05-01' });
    [1, 2, 3, 4, 5].forEach((n) => {
      const ids = { exchangeId: `a${n}` as never, disputeId: `d${n}` as never };
      told('ExchangeDisputed', { ...ids, by: member(`al${n}`) }, { on: '2026-05-04' });
      told('DisputeSettled', ids, { on: `2026-05-${String(4 + 2 * n).padStart(2, '0')}` });
    });
    expect(figure('complaintsPer100', D)).toMatchObject({ value: 50, numerator: 5, denominator: 10 });
    expect(figure('daysToSettle', D)).toMatchObject({ value: 6, n: 5 });
  });

  it('tells disputes of five disputants or of none, however many exchanges move around them (R15)', () => {
    const { told, pairs, figure } = evaluatedNetwork();
    pairs('a', 10, { on: '2026-05-01' });
    const disputed = (n: number, on: string) =>
      told('ExchangeDisputed', { exchangeId: `a${n}` as never, disputeId: `d${n}` as never, by: member(`al${n}`) }, { on });
    [1, 2, 3, 4].forEach((n) => disputed(n, '2026-05-01'));
    expect(figure('complaintsPer100', '2026-05-05')).toMatchObject({ numerator: 0, denominator: 10 });
    pairs('b', 10, { on: '2026-05-06' });
    expect(figure('complaintsPer100', '2026-05-12')).toMatchObject({ numerator: 0, denominator: 20 });
    disputed(5, '2026-05-13');
    expect(figure('complaintsPer100', '2026-05-19')).toMatchObject({ numerator: 5, denominator: 20, value: 25 });
  });

  it('divides hours by members, learners and givers apart, from recorded hours alone (R20)', () => {
    const { told, enrolled, figure } = evaluatedNetwork();
    const names = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `m${n}`);
    enrolled(names);
    names
      .slice(0, 5)
      .forEach((name) => told('TrainingHoursRecorded', { memberId: member(name), role: 'learner', minutes: 120 }, { on: '2026-05-01' }));
    expect(figure('learnerHoursPerMember', D)).toMatchObject({ value: 1, numerator: 10, denominator: 10 });
    expect(figure('giverHoursPerMember', D)).toMatchObject(HIDDEN);
  });
});

describe('whose answer is shown (R15)', () => {
  it('hides four authors and shows six, at the end of the week only', () => {
    const { pairs, figure } = evaluatedNetwork();
    pairs('a', 2, { on: '2026-05-01' });
    expect(figure('satisfaction', D)).toMatchObject(HIDDEN);
    // Friday 1 May; the week ends on Sunday night in Paris.
    pairs('b', 1, { on: '2026-05-01' });
    expect(figure('satisfaction', '2026-05-03T21:59:00.000Z')?.hidden ?? true).toBe(true);
    expect(figure('satisfaction', '2026-05-03T22:00:00.000Z')).toMatchObject({ hidden: false, n: 6, movedAt: '2026-05-03T22:00:00.000Z' });
  });

  it('stands still while fewer than five authors are new, and for past dates for ever', () => {
    const { pairs, figure } = evaluatedNetwork();
    pairs('a', 4, { on: '2026-05-01' });
    pairs('b', 2, { on: '2026-05-05', said: { overall: 1 } });
    expect(figure('satisfaction', '2026-05-12')).toMatchObject({ n: 8, value: 1 });
    pairs('c', 1, { on: '2026-05-13', said: { overall: 1 } });
    expect(figure('satisfaction', '2026-05-12')).toMatchObject({ n: 8, value: 1 });
    expect(figure('satisfaction', '2026-05-20')).toMatchObject({ n: 14 });
  });

  it('forgets after twelve months, by five authors at least', () => {
    const { pairs, figure } = evaluatedNetwork();
    pairs('a', 3, { on: '2025-05-01' });
    pairs('b', 2, { on: '2025-06-10' });
    pairs('c', 4, { on: '2025-08-01' });
    expect(figure('satisfaction', '2026-04-30')).toMatchObject({ n: 18 });
    expect(figure('satisfaction', '2026-05-12')).toMatchObject({ n: 12 });
    expect(figure('satisfaction', '2026-06-30')).toMatchObject({ n: 12 });
  });

  it('does not tell a small site by taking the large one from the network', () => {
    const { enrolled, pairs, figure } = evaluatedNetwork();
    const both = (as: string, n: number): readonly string[] => Array.from({ length: n }, (_, i) => [`${as}g${i}`, `${as}l${i}`]).flat();
    enrolled(both('a', 8), { site: 'LYO' });
    enrolled(both('b', 2), { site: 'PAR' });
    pairs('a', 8, { on: '2026-05-01' });
    pairs('b', 2, { on: '2026-05-01', said: { overall: 1 } });
    expect(figure('satisfaction', D)).toMatchObject({ n: 20 });
    expect(figure('satisfaction', D, 'site:PAR')).toMatchObject(HIDDEN);
    expect(figure('satisfaction', D, 'site:LYO')).toMatchObject(HIDDEN);
  });

  it('names no person in any answer', () => {
    const { enrolled, pairs, figures } = evaluatedNetwork();
    enrolled(['secret-g0', 'secret-l0']);
    pairs('secret-', 6, { on: '2026-05-01', topicUri: 'topic:a' });
    const all = (['network', 'site', 'unit', 'topic', 'role'] as const).flatMap((dimension) => figures(D, dimension));
    expect(all.length).toBeGreaterThan(12);
    expect(JSON.stringify(all)).not.toContain('secret');
  });
});
