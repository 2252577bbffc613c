import { foldInMemory } from '#read-store/fold/in-memory-fold';
import { eventExamples, eventTypes } from '#testing/event-examples';
import { storyteller } from '#testing/histories/story';
import { newlyCrossed } from './risk-evaluation';
import { pageOf } from './risk.queries';
import { network, people } from '#testing/networks/risk-network';
import { riskModel } from './risk.table';
import { published } from './figure';

describe('the facts that risks rest on', () => {
  it('keeps each fact with its date, its recording and the event that an auditor opens', () => {
    const { told, events } = storyteller();
    const id = told('MemberLeft', {}, { on: '2026-03-01', recorded: '2026-03-02', by: 'ana' });
    const { rows } = foldInMemory(riskModel, events);
    expect(rows.get(`member/${eventExamples.MemberLeft.memberId}`)).toMatchObject({
      kind: 'member',
      facts: [{ is: 'MemberLeft', at: '2026-03-01T12:00:00.000Z', rec: '2026-03-02T12:00:00.000Z', id }],
    });
    expect(rows.get('activity/ana')).toMatchObject({ kind: 'activity', acts: [{ id }] });
  });

  it('keeps no text of any event (R19)', () => {
    const { told, events } = storyteller();
    eventTypes.filter((type) => type in riskModel.projection.handles).forEach((type) => told(type, {}, { on: '2026-03-01', by: 'ana' }));
    const rows = JSON.stringify([...foldInMemory(riskModel, events).rows.values()]);
    const fields = ['wording', 'comment', 'text', 'content', 'method', 'email', 'place', 'action', 'example', 'reason'];
    expect(fields.filter((field) => rows.includes(`"${field}":`))).toEqual([]);
  });
});

describe('as of a date (§5)', () => {
  it('knows what was recorded by then, and places it when it happened', () => {
    const { enrolled, held, figure } = network();
    enrolled(['ana', 'bo']);
    held('late', { on: '2026-03-01', recorded: '2026-03-10', givers: ['ana'], learners: ['bo'] });
    held('old', { on: '2025-03-04', recorded: '2026-03-02', givers: ['bo'], learners: ['ana'] });
    expect(figure('imbalance', '2026-03-05').denominator).toBe(0);
    expect(figure('imbalance', '2026-03-10')).toMatchObject({ numerator: 0, denominator: 2, alert: true });
    expect(figure('imbalance', '2026-03-03')).toMatchObject({ numerator: 0, denominator: 2 });
  });

  it('judges by the policy in force at the date', () => {
    const { told, enrolled, held, figure } = network({ graceDays: 90 });
    enrolled(['ana', 'bo']);
    held('x', { on: '2026-02-01', givers: ['ana'], learners: ['bo'] });
    const strict = eventExamples.PolicyChanged.policy;
    told('PolicyChanged', { policy: { ...strict, thresholds: { ...strict.thresholds, imbalance: 0 } } }, { on: '2026-03-01' });
    expect(figure('imbalance', '2026-02-28')).toMatchObject({ threshold: 0.5, alert: true });
    expect(figure('imbalance', '2026-03-02')).toMatchObject({ threshold: 0, alert: false });
  });

  it('counts grace and pause as enrolled; suspended and left are not (R2)', () => {
    const { told, enrolled, figure } = network();
    enrolled(['ana', 'bo', 'cleo', 'dia', 'eli']);
    told('ReciprocityLost', { memberId: 'ana' as never }, { on: '2026-01-02' });
    told('MemberPaused', { memberId: 'bo' as never }, { on: '2026-01-02', by: 'bo' });
    told('MemberSuspended', { memberId: 'cleo' as never }, { on: '2026-01-03' });
    told('MemberLeft', { memberId: 'dia' as never }, { on: '2026-01-04', by: 'dia' });
    expect(figure('dormancy', '2026-02-01').denominator).toBe(3);
    told('ReciprocityRestored', { memberId: 'cleo' as never }, { on: '2026-02-02', by: 'cleo' });
    expect(figure('dormancy', '2026-02-03').denominator).toBe(4);
  });

  it('opens a figure into its events, page by page, each once', () => {
    const { enrolled, held, figure } = network();
    enrolled(['ana', 'bo', 'cleo']);
    const first = held('one', { on: '2026-02-01', givers: ['ana'], learners: ['bo', 'cleo'] });
    const second = held('two', { on: '2026-02-02', givers: ['bo'], learners: ['ana'] });
    const others = 4; // the opening with its policy, and three enrolments
    const page = pageOf(figure('imbalance', '2026-03-01'), { limit: others + 1 });
    expect(page.eventIds.slice(others)).toEqual([first]);
    expect(pageOf(figure('imbalance', '2026-03-01'), { limit: 1, cursor: page.next ?? '' })).toEqual({ eventIds: [second], next: null });
  });
});

describe('the daily judgement (§5)', () => {
  it('tells the thresholds newly crossed, not those crossed already', () => {
    const { enrolled, held, figures } = network();
    enrolled(people(10));
    const before = figures('2026-02-01').map(published);
    held('x', { on: '2026-02-02', givers: ['m000'], learners: ['m001'] });
    const after = figures('2026-02-03').map(published);
    const again = figures('2026-02-04').map(published);
    expect(newlyCrossed(before, after).map(({ indicator }) => indicator)).toEqual(['imbalance', 'sameUnit']);
    expect(newlyCrossed(after, again)).toEqual([]);
  });

  it('hands out figures without the events behind them', () => {
    const { figures } = network();
    figures('2026-02-01')
      .map(published)
      .forEach((figure) => expect(figure).not.toHaveProperty('evidence'));
  });
});
