import { network, people } from '#testing/networks/risk-network';

const D = '2026-07-01';

describe('imbalance', () => {
  it('is the share of those who gave and received among those active: 2 of 5, and blocks nothing (R3)', () => {
    const { enrolled, held, figure } = network();
    enrolled(['ana', 'bo', 'cleo', 'dia', 'eli', 'idle']);
    held('1', { on: '2026-05-01', givers: ['ana'], learners: ['bo', 'cleo', 'dia'] });
    held('2', { on: '2026-05-02', givers: ['bo'], learners: ['ana'] });
    held('3', { on: '2026-05-03', givers: ['eli'], learners: ['left'] });
    expect(figure('imbalance', D)).toMatchObject({ value: 0.4, numerator: 2, denominator: 5, threshold: 0.5, alert: true });
  });

  it('takes who was there from a correction made after held (R12, R21)', () => {
    const { told, enrolled, held, figure } = network();
    enrolled(['ana', 'bo', 'cleo']);
    held('1', { on: '2026-05-01', givers: ['ana'], learners: ['bo', 'cleo'] });
    const was = { memberId: 'cleo' as never, role: 'learner', minutesOutside: 0 } as const;
    told(
      'SessionCorrected',
      { exchangeId: '1' as never, sessionId: 'session-1' as never, memberId: was.memberId, was, now: null },
      { on: '2026-05-03', by: 'cleo' },
    );
    expect(figure('imbalance', '2026-05-02').denominator).toBe(3);
    expect(figure('imbalance', '2026-05-04').denominator).toBe(2);
  });
});

describe('reciprocity debt', () => {
  it('is the P90 of days since first receipt while nothing was given, or the reverse, over all time', () => {
    const { enrolled, held, figure } = network();
    enrolled(['ana', 'bo', 'cleo', 'dia'], { on: '2024-01-01' });
    held('1', { on: '2025-06-01', givers: ['ana'], learners: ['bo'] });
    held('2', { on: '2026-05-22', givers: ['bo'], learners: ['cleo'] });
    held('3', { on: '2026-06-01', givers: ['bo'], learners: ['cleo', 'dia'] });
    // ana 395 days, cleo 40, dia 30; bo has none. P90 of 30, 40, 395: 40 + 0.8 × 355.
    expect(figure('reciprocityDebtDays', D)).toMatchObject({ value: expect.closeTo(324, 6), n: 3, alert: true });
  });
});

describe('over-solicited givers', () => {
  it('counts givers at capacity among active givers; a group counts once and a release frees (R11)', () => {
    const { told, enrolled, offered, figure } = network();
    enrolled(['ana', 'bo', 'cleo'], { capacity: 1 });
    ['ana', 'bo'].forEach((name) => offered(name, { on: '2026-01-05', by: name }));
    const engagement = { role: 'giver', offerId: 'o', requestId: null } as const;
    told('EngagementReserved', { ...engagement, memberId: 'ana', matchId: 'm1' } as never, { on: '2026-02-01' });
    told('EngagementReserved', { ...engagement, memberId: 'bo', matchId: 'm2' } as never, { on: '2026-02-01' });
    told('EngagementReleased', { role: 'giver', memberId: 'bo', matchId: 'm2' } as never, { on: '2026-02-02' });
    expect(figure('giversAtCapacity', D)).toMatchObject({ numerator: 1, denominator: 2, value: 0.5, alert: true });
  });

  it('knows the Gini of gifts 1, 2, 3 and 4, and hides the top 5 % while they are fewer than five (R4)', () => {
    const { enrolled, held, figure } = network();
    enrolled(['ana', 'bo', 'cleo', 'dia', 'eli']);
    ['ana', 'bo', 'cleo', 'dia'].forEach((giver, index) =>
      Array.from({ length: index + 1 }, (_, n) => held(`${giver}${n}`, { on: '2026-05-01', givers: [giver], learners: ['eli'] })),
    );
    expect(figure('giftGini', D)).toMatchObject({ value: expect.closeTo(0.25, 6), n: 4, alert: false });
    expect(figure('topGiversShare', D)).toMatchObject({ hidden: true, value: null, numerator: null, n: null, alert: false });
  });

  it('shares E by the top 5 % rounded up: 5 of 81 givers', () => {
    const { enrolled, held, figure } = network();
    const givers = people(81);
    enrolled([...givers, 'eli']);
    givers.forEach((giver, index) =>
      Array.from({ length: index < 5 ? 10 : 1 }, (_, n) => held(`${giver}-${n}`, { on: '2026-05-01', givers: [giver], learners: ['eli'] })),
    );
    expect(figure('topGiversShare', D)).toMatchObject({ numerator: 50, denominator: 126, alert: true, hidden: false });
  });
});

describe('exclusion', () => {
  it('counts who was enrolled for more than 90 days and in no opened match of the year', () => {
    const { told, enrolled, figure } = network();
    enrolled(['ana', 'bo', 'cleo', 'dia'], { on: '2026-01-01' });
    enrolled(['new'], { on: '2026-06-01' });
    const participants = [
      { memberId: 'ana', role: 'giver', offerId: 'o' },
      { memberId: 'bo', role: 'learner', requestId: 'r' },
    ];
    told('MatchOpened', { matchId: 'm1', participants } as never, { on: '2026-03-01' });
    expect(figure('exclusion', D)).toMatchObject({ numerator: 2, denominator: 4, value: 0.5, alert: true });
  });

  it('compares a site share of the active with its share of members, cells of five or more only (R15)', () => {
    const { enrolled, held, figure } = network();
    const [lyon, paris, brest] = [people(10, 'l'), people(10, 'p'), people(4, 'b')];
    enrolled(lyon, { site: 'LYO' });
    enrolled(paris, { site: 'PAR' });
    enrolled(brest, { site: 'BRE' });
    held('1', { on: '2026-05-01', givers: ['l000'], learners: lyon.slice(1) });
    held('2', { on: '2026-05-01', givers: ['p000'], learners: ['p001'] });
    // Lyon: 10 of 12 active, 10 of 24 members.
    expect(figure('participationRatio', D, 'site:LYO')).toMatchObject({ value: expect.closeTo(2, 6), n: 10, alert: false });
    expect(figure('participationRatio', D, 'site:BRE')).toMatchObject({ hidden: true, value: null, n: null });
    expect(figure('participationRatio', D, 'site:PAR')).toMatchObject({ hidden: true });
  });

  it('uses the headcount where policy gives it', () => {
    const { enrolled, held, figure } = network({ headcount: { 'site:LYO': 100, 'site:PAR': 300 } });
    enrolled(people(10, 'l'), { site: 'LYO' });
    enrolled(people(10, 'p'), { site: 'PAR' });
    held('1', { on: '2026-05-01', givers: ['l000'], learners: ['l001', 'l002'] });
    held('2', { on: '2026-05-01', givers: ['p000'], learners: ['l003'] });
    // Paris: 1 of 5 active, 300 of 400 persons.
    expect(figure('participationRatio', D, 'site:PAR')).toMatchObject({ value: expect.closeTo(0.2 / 0.75, 6), alert: true });
  });
});

describe('dormancy', () => {
  it('counts members without an act of their own for 180 days, at any date asked for', () => {
    const { told, enrolled, figure } = network();
    enrolled(['ana', 'bo'], { on: '2025-01-01' });
    told('OfferPaused', {}, { on: '2025-05-01', by: 'ana' });
    told('OfferResumed', {}, { on: '2025-12-01', by: 'ana' });
    expect(figure('dormancy', '2025-06-29').numerator).toBe(0);
    expect(figure('dormancy', '2025-06-30').numerator).toBe(1);
    expect(figure('dormancy', '2025-10-28').numerator).toBe(2);
    expect(figure('dormancy', '2025-12-02')).toMatchObject({ numerator: 1, denominator: 2, alert: true });
  });
});
