import type { MemberId, NetworkId, SessionId } from '#domain/ids';
import { defaultPolicy } from '#domain/network/policy';
import type { Day, Instant } from '#kernel/id';
import { foldInMemory } from '#read-store/fold/in-memory-fold';
import { lille, lyon } from '#testing/network-facts';
import { projected, type Projected } from '#testing/projected';
import { instant, storyteller } from '#testing/histories/story';
import { ReadOwnHours, ReadOwnHoursHandler } from './own-hours.queries';
import {
  ExportTrainingHours,
  ExportTrainingHoursHandler,
  TrainingHoursByMonth,
  TrainingHoursByMonthHandler,
} from './training-hours.queries';
import { trainingHoursModel } from './training-hours.table';
import { reachedWarnings } from './warnings';

interface Hours {
  readonly of: string;
  readonly on: string;
  readonly minutes: number;
  readonly outside?: number;
  readonly role?: 'giver' | 'learner';
  readonly networkId?: NetworkId;
  readonly session?: string;
}

const story = () => {
  const { told, events } = storyteller();
  const policy = { ...defaultPolicy, trainingLabel: 'formation de proximité' };
  told('NetworkOpened', { networkId: lyon, policy, policyVersion: 1 }, { on: '2026-01-01' });
  const recorded = ({ of, on, minutes, outside = 0, role = 'learner', networkId = lyon, session = 'session-1' }: Hours): string =>
    told(
      'TrainingHoursRecorded',
      {
        ...{ networkId, memberId: of as MemberId, role, sessionId: session as SessionId },
        ...{ date: on as Day, minutes, minutesOutside: outside, corrects: null },
      },
      { on },
    );
  return { recorded, events };
};

describe('training hours', () => {
  it('adds the difference of a correction to what was recorded, keeping both as evidence (R20, R21)', () => {
    const { recorded, events } = story();
    const ids = [
      recorded({ of: 'bo', on: '2026-03-02', minutes: 90, outside: 30 }),
      recorded({ of: 'bo', on: '2026-03-02', minutes: -30, outside: -30 }),
    ];
    const { rows, evidence } = foldInMemory(trainingHoursModel, events);
    expect(rows.get('bo/learner/2026-03-02/session-1')).toMatchObject({ minutes: 60, minutesOutside: 0 });
    expect(evidence.get('bo/learner/2026-03-02/session-1')).toEqual(ids);
  });

  it('warns at 25 and at 30 hours outside working time, not a minute before (R20)', () => {
    expect([1499, 1500, 1799, 1800].map((minutes) => reachedWarnings(minutes, [25, 30]))).toEqual([[], [25], [25], [25, 30]]);
  });
});

describe('training hours asked for', () => {
  let tables: Projected;
  const wide = { from: '2026-01-01', to: '2026-12-31' };
  const monthsOf = async (days: typeof wide, asked: { readonly now?: Instant; readonly toTheDay?: boolean } = {}) => {
    const query = new TrainingHoursByMonth(lyon, days, { now: instant('2027-01-15T00:00:00Z'), toTheDay: false, ...asked });
    return (await new TrainingHoursByMonthHandler(tables.store).execute(query)).months;
  };

  beforeAll(async () => {
    const { recorded, events } = story();
    recorded({ of: 'bo', on: '2026-03-02', minutes: 60, outside: 20 });
    recorded({ of: 'bo', on: '2026-03-02', minutes: 30, role: 'giver' });
    recorded({ of: 'ana', on: '2026-03-02', minutes: 60, role: 'giver' });
    recorded({ of: 'cleo', on: '2026-04-01', minutes: 45 });
    recorded({ of: 'cleo', on: '2026-04-02', minutes: 45 });
    recorded({ of: 'cleo', on: '2026-04-02', minutes: -45 });
    recorded({ of: 'dia', on: '2026-05-01', minutes: 1600, outside: 1600 });
    recorded({ of: 'dia', on: '2025-05-01', minutes: 500, outside: 500 });
    recorded({ of: 'eli', on: '2026-03-02', minutes: 60, networkId: lille });
    recorded({ of: 'fay', on: '2026-06-01', minutes: 60 });
    recorded({ of: 'fay', on: '2026-06-01', minutes: 30, session: 'session-2' });
    tables = await projected([trainingHoursModel], events);
  });
  afterAll(() => tables.end());

  it('exports person, day, role, minutes, flag and label, page by page, roles never summed, of one network (R20, R23, case 18)', async () => {
    const handler = new ExportTrainingHoursHandler(tables.store);
    const first = await handler.execute(new ExportTrainingHours(lyon, wide, { limit: 2 }));
    const second = await handler.execute(new ExportTrainingHours(lyon, wide, { limit: 2, cursor: first.next ?? '' }));
    const label = 'formation de proximité';
    expect(first.lines).toEqual([
      { memberId: 'ana', date: '2026-03-02', role: 'giver', minutes: 60, minutesOutside: 0, outsideHours: false, label },
      { memberId: 'bo', date: '2026-03-02', role: 'giver', minutes: 30, minutesOutside: 0, outsideHours: false, label },
    ]);
    expect(second.lines).toEqual([
      { memberId: 'bo', date: '2026-03-02', role: 'learner', minutes: 60, minutesOutside: 20, outsideHours: true, label },
      expect.objectContaining({ memberId: 'cleo', date: '2026-04-01' }),
    ]);
    const third = await handler.execute(new ExportTrainingHours(lyon, wide, { limit: 2, cursor: second.next ?? '' }));
    expect(third.lines.map(({ memberId, date }) => [memberId, date])).toEqual([
      ['dia', '2026-05-01'],
      ['fay', '2026-06-01'],
    ]);
    expect(third.next).toBeNull();
  });

  it('exports one person over a span of days', async () => {
    const { lines } = await new ExportTrainingHoursHandler(tables.store).execute(
      new ExportTrainingHours(lyon, { from: '2026-04-01', to: '2026-04-30', memberId: 'cleo' }, { limit: 10 }),
    );
    expect(lines.map(({ date, minutes }) => [date, minutes])).toEqual([['2026-04-01', 45]]);
  });

  it('sums a network by month, learners and givers apart', async () => {
    expect(await monthsOf({ from: '2026-03-01', to: '2026-04-30' })).toEqual([
      { month: '2026-03', learnerMinutes: 60, giverMinutes: 90, minutesOutside: 20 },
      { month: '2026-04', learnerMinutes: 45, giverMinutes: 0, minutesOutside: 0 },
    ]);
  });

  it('tells no day of a month, and no month before it is over everywhere, but HR every day (R15, R20, case 27)', async () => {
    const april = { month: '2026-04', learnerMinutes: 45, giverMinutes: 0, minutesOutside: 0 };
    const march = { month: '2026-03', learnerMinutes: 60, giverMinutes: 90, minutesOutside: 20 };
    expect(await monthsOf({ from: '2026-03-31', to: '2026-04-02' })).toEqual([march, april]);
    expect(await monthsOf(wide, { now: instant('2026-05-01T23:59:59Z') })).toEqual([march]);
    expect(await monthsOf(wide, { now: instant('2026-05-02T00:00:00Z') })).toEqual([march, april]);
    const aDay = { from: '2026-04-02', to: '2026-04-02' };
    expect(await monthsOf(aDay, { toTheDay: true, now: instant('2026-04-02T09:00:00Z') })).toEqual([{ ...april, learnerMinutes: 0 }]);
  });

  it('shows a member their own hours of a year by month and session, with the warnings reached (R20, case 18)', async () => {
    const own = (of: string, year = 2026) => new ReadOwnHoursHandler(tables.store).execute(new ReadOwnHours(lyon, of, year));
    const bo = await own('bo');
    expect(bo).toMatchObject({ year: 2026, label: 'formation de proximité', outside: { minutes: 20, warnedAt: [25, 30], reached: [] } });
    expect(bo.months).toEqual([{ month: '2026-03', learnerMinutes: 60, giverMinutes: 30, minutesOutside: 20 }]);
    const line = { date: '2026-03-02', exchangeId: 'exchange-1' };
    expect(bo.lines).toEqual([
      { ...line, sessionId: 'session-1', role: 'giver', minutes: 30, minutesOutside: 0, outsideHours: false },
      { ...line, sessionId: 'session-1', role: 'learner', minutes: 60, minutesOutside: 20, outsideHours: true },
    ]);
    expect((await own('cleo')).lines.map(({ date, minutes }) => [date, minutes])).toEqual([['2026-04-01', 45]]);
    expect((await own('dia')).outside).toEqual({ minutes: 1600, warnedAt: [25, 30], reached: [25] });
    expect((await own('dia', 2025)).outside.reached).toEqual([]);
  });

  it('keeps two sessions of one day apart for the member, and sums them for HR (R20, case 18)', async () => {
    const { lines } = await new ReadOwnHoursHandler(tables.store).execute(new ReadOwnHours(lyon, 'fay', 2026));
    expect(lines.map(({ sessionId, minutes }) => [sessionId, minutes])).toEqual([
      ['session-1', 60],
      ['session-2', 30],
    ]);
    const query = new ExportTrainingHours(lyon, { ...wide, memberId: 'fay' }, { limit: 5 });
    const exported = await new ExportTrainingHoursHandler(tables.store).execute(query);
    expect(exported.lines.map(({ minutes }) => minutes)).toEqual([90]);
  });
});
