import { network } from '#testing/networks/risk-network';

const D = '2026-07-01';
const session = (id: string, start: string) => ({ sessionId: id, start: `${start}T09:00:00.000Z`, minutes: 60 });

describe('single source', () => {
  it('counts topics with one active giver among topics asked for twice; untagged are in none', () => {
    const { enrolled, offered, asked, figure } = network();
    enrolled(['ana', 'bo', 'cleo']);
    offered('ana', { on: '2026-01-05' }, 'topic:a');
    offered('bo', { on: '2026-01-05' }, 'topic:b');
    offered('cleo', { on: '2026-01-05' }, 'topic:b');
    for (const topic of ['topic:a', 'topic:b', null]) {
      asked(`1-${topic}`, 'bo', { on: '2026-02-01' }, topic);
      asked(`2-${topic}`, 'cleo', { on: '2026-02-01' }, topic);
    }
    asked('3', 'bo', { on: '2026-02-01' }, 'topic:c');
    expect(figure('singleSource', D)).toMatchObject({ numerator: 1, denominator: 2, alert: true });
  });
});

describe('unmet demand', () => {
  it('ages an open request from its first publication; matched ones are not open, reopened ones are', () => {
    const { told, asked, figure } = network();
    asked('1', 'bo', { on: '2026-03-01' });
    told('RequestPaused', { requestId: 'request-1-bo' as never }, { on: '2026-03-05' });
    asked('1', 'bo', { on: '2026-06-20' });
    asked('2', 'cleo', { on: '2026-06-01' });
    asked('3', 'dia', { on: '2026-01-01' });
    told('RequestMatched', { requestId: 'request-3-dia' as never }, { on: '2026-02-01' });
    expect(figure('unmetDemand', D)).toMatchObject({ numerator: 1, denominator: 2, alert: true });
    told('RequestReopened', { requestId: 'request-3-dia' as never }, { on: '2026-06-02' });
    expect(figure('unmetDemand', D)).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it('takes the median of days from request to held: 10, 20 and 60', () => {
    const { asked, held, figure } = network();
    [
      ['1', '2026-02-21'],
      ['2', '2026-03-03'],
      ['3', '2026-04-12'],
    ].forEach(([id = '', on = '']) => {
      asked(id, 'bo', { on: '2026-02-11' });
      held(id, { on, givers: ['ana'], learners: ['bo'] });
    });
    expect(figure('daysToHeld', D)).toMatchObject({ value: 20, n: 3, alert: false });
  });
});

describe('no-show', () => {
  it('counts each session once, by its last planned start, and no contested no-show', () => {
    const { told, figure } = network();
    const ids = { exchangeId: 'x' } as never as { exchangeId: never };
    told(
      'ExchangeAgreed',
      {
        ...ids,
        agreement: {
          sessions: [session('1', '2026-05-01'), session('2', '2026-05-08'), session('3', '2026-05-15'), session('4', '2026-09-01')],
          criteria: [],
        } as never,
      },
      { on: '2026-04-01' },
    );
    told(
      'ExchangeRescheduled',
      { ...ids, sessionId: '3' as never, from: '2026-05-15T09:00:00.000Z' as never, to: session('3', '2026-06-01') as never },
      { on: '2026-05-15T00:00:00.000Z' },
    );
    told('NoShowReported', { ...ids, sessionId: '1' as never, memberId: 'bo' as never }, { on: '2026-05-02' });
    told('NoShowReported', { ...ids, sessionId: '1' as never, memberId: 'cleo' as never }, { on: '2026-05-02' });
    told('NoShowReported', { ...ids, sessionId: '2' as never, memberId: 'bo' as never }, { on: '2026-05-09' });
    told('NoShowContested', { ...ids, sessionId: '2' as never, memberId: 'bo' as never }, { on: '2026-05-10', by: 'bo' });
    expect(figure('noShow', D)).toMatchObject({ numerator: 1, denominator: 3, alert: true });
    expect(figure('lateChanges', D)).toMatchObject({ numerator: 1, denominator: 3, alert: true });
  });

  it('keeps a planned session once it is past, whatever comes later (§3, case 25)', () => {
    const { told, enrolled, held, figure } = network();
    enrolled(['ana', 'bo'], { on: '2025-01-01' });
    const ids = { exchangeId: 'x' as never };
    const sessions = [session('1', '2026-01-16'), session('2', '2026-02-12'), session('3', '2026-03-20')];
    told('ExchangeAgreed', { ...ids, agreement: { sessions, criteria: [] } as never }, { on: '2026-01-02' });
    told('NoShowReported', { ...ids, sessionId: '1' as never, memberId: 'bo' as never }, { on: '2026-01-17' });
    expect(figure('noShow', '2026-02-01')).toMatchObject({ numerator: 1, denominator: 1 });
    held('x', { on: '2026-01-10', recorded: '2026-02-13', givers: ['ana'], learners: ['bo'] });
    expect(figure('noShow', '2026-02-14')).toMatchObject({ numerator: 1, denominator: 2 });
    expect(figure('noShow', D)).toMatchObject({ numerator: 1, denominator: 2 });
  });

  it('keeps it at its past start until the one to which it was moved since is past, too (§3, case 25)', () => {
    const { told, held, figure } = network();
    const ids = { exchangeId: 'x' as never };
    const move = (from: string, to: string, on: string) => {
      const plan = { sessionId: '1' as never, from: `${from}T09:00:00.000Z` as never, to: session('1', to) as never };
      told('ExchangeRescheduled', { ...ids, ...plan }, { on });
    };
    told('ExchangeAgreed', { ...ids, agreement: { sessions: [session('1', '2026-01-16')], criteria: [] } as never }, { on: '2026-01-02' });
    move('2026-01-16', '2026-01-23', '2026-01-10');
    expect(figure('noShow', '2026-01-17')).toMatchObject({ denominator: 0 });
    move('2026-01-23', '2026-03-20', '2026-01-24');
    told('NoShowReported', { ...ids, sessionId: '1' as never, memberId: 'bo' as never }, { on: '2026-01-24' });
    for (const asOf of ['2026-01-25', '2026-03-21']) expect(figure('noShow', asOf)).toMatchObject({ numerator: 1, denominator: 1 });
    expect(figure('noShow', '2027-02-01')).toMatchObject({ denominator: 1 });
    held('x', { on: '2026-01-10', recorded: '2026-03-01', givers: ['ana'], learners: ['bo'] });
    expect(figure('noShow', '2026-03-21')).toMatchObject({ numerator: 1, denominator: 1 });
    expect(figure('noShow', '2027-02-01')).toMatchObject({ denominator: 0 });
  });

  it('counts as late only the sessions that a cancellation leaves less than a day', () => {
    const { told, figure } = network();
    const sessions = [session('1', '2026-05-02'), session('2', '2026-06-01')];
    told('ExchangeAgreed', { exchangeId: 'x' as never, agreement: { sessions, criteria: [] } as never }, { on: '2026-04-01' });
    told('ExchangeCancelled', { exchangeId: 'x' as never, sessions: sessions as never }, { on: '2026-05-01' });
    expect(figure('lateChanges', D)).toMatchObject({ numerator: 1, denominator: 2 });
  });
});

describe('funnel drop', () => {
  it('alerts where a rate lost ten points on the year before; superseded matches are left out', () => {
    const { told, figure } = network();
    const matches = (year: string, proposed: number, confirmed: number): void =>
      Array.from({ length: proposed }, (_, n) => n).forEach((n) => {
        told('MatchProposed', { matchId: `${year}-${n}` as never }, { on: `${year}-03-01` });
        if (n < confirmed) told('MatchConfirmed', { matchId: `${year}-${n}` as never }, { on: `${year}-03-05` });
      });
    matches('2025', 10, 8);
    matches('2026', 10, 7);
    expect(figure('funnelConfirmed', D)).toMatchObject({ value: 0.7, alert: true });
    told('MatchProposed', { matchId: 'gone' as never }, { on: '2026-03-01' });
    told('MatchSuperseded', { matchId: 'gone' as never }, { on: '2026-03-02' });
    expect(figure('funnelConfirmed', D).denominator).toBe(10);
    expect(figure('funnelAgreed', D)).toMatchObject({ value: 0, alert: false });
  });
});

describe('content', () => {
  it('counts disputes of kind content by E, and offers unconfirmed for twelve months by those published', () => {
    const { told, enrolled, offered, held, figure } = network();
    enrolled(['ana', 'bo', 'cleo']);
    held('x', { on: '2026-05-01', givers: ['ana'], learners: ['bo'] });
    held('y', { on: '2026-05-01', givers: ['ana'], learners: ['bo'] });
    told('ExchangeDisputed', { exchangeId: 'x' as never, kind: 'content' }, { on: '2026-05-02' });
    told('ExchangeDisputed', { exchangeId: 'y' as never, kind: 'behaviour' }, { on: '2026-05-02' });
    expect(figure('contentDisputes', D)).toMatchObject({ numerator: 1, denominator: 2, alert: true });
    offered('ana', { on: '2025-05-01' });
    offered('bo', { on: '2025-05-01' });
    told('OfferConfirmed', { offerId: 'offer-bo' as never }, { on: '2026-05-20', by: 'bo' });
    offered('cleo', { on: '2025-05-01' });
    told('OfferWithdrawn', { offerId: 'offer-cleo' as never }, { on: '2025-06-01', by: 'cleo' });
    offered('gone', { on: '2025-05-01' });
    expect(figure('staleOffers', D)).toMatchObject({ numerator: 1, denominator: 2, alert: true });
  });
});

describe('confidentiality', () => {
  it('alerts at the first incident, even where nothing was held, and takes the median of days to resolve', () => {
    const { told, figure } = network();
    told('IncidentReported', { incidentId: 'i' as never, kind: 'confidentiality' }, { on: '2026-05-01' });
    expect(figure('confidentialityPer100', '2026-05-02')).toMatchObject({ value: null, numerator: 1, alert: true });
    told('IncidentResolved', { incidentId: 'i' as never }, { on: '2026-05-13' });
    expect(figure('confidentialityDays', D)).toMatchObject({ value: 12, n: 1, alert: true });
  });
});

describe('working time', () => {
  it('divides minutes outside hours by minutes, corrections being differences (R20)', () => {
    const { told, figure } = network();
    told('TrainingHoursRecorded', { exchangeId: 'x' as never, minutes: 90, minutesOutside: 30 }, { on: '2026-05-01' });
    told('TrainingHoursRecorded', { exchangeId: 'x' as never, minutes: 30, minutesOutside: -10, corrects: 'h' }, { on: '2026-05-02' });
    expect(figure('outsideHours', D)).toMatchObject({ numerator: 20, denominator: 120, alert: true });
  });
});

describe('closed circles', () => {
  it('counts E between pairs with three exchanges, unordered, a group if any pair', () => {
    const { held, figure } = network();
    held('1', { on: '2026-05-01', givers: ['ana'], learners: ['bo'] });
    held('2', { on: '2026-05-02', givers: ['bo'], learners: ['ana'] });
    held('3', { on: '2026-05-03', givers: ['ana'], learners: ['bo', 'cleo'] });
    held('4', { on: '2026-05-04', givers: ['ana'], learners: ['cleo'] });
    expect(figure('closedPairs', D)).toMatchObject({ numerator: 3, denominator: 4, alert: true });
  });

  it('knows the unit of each at the time', () => {
    const { told, enrolled, held, figure } = network();
    enrolled(['ana', 'bo'], { unit: 'MAIL' });
    held('1', { on: '2026-05-01', givers: ['ana'], learners: ['bo'] });
    told('ProfileChanged', { memberId: 'bo' as never, profile: { site: 'LYO', unit: 'BANK' } as never }, { on: '2026-05-02', by: 'bo' });
    held('2', { on: '2026-05-03', givers: ['ana'], learners: ['bo'] });
    expect(figure('sameUnit', D)).toMatchObject({ numerator: 1, denominator: 2, alert: false });
  });
});

describe('mediation bottleneck', () => {
  it('counts matches with neither connection nor agreement 14 days after they were confirmed', () => {
    const { told, figure } = network();
    ['quick', 'slow', 'none', 'ended', 'fresh'].forEach((id) =>
      told('MatchConfirmed', { matchId: id as never }, { on: id === 'fresh' ? '2026-06-25' : '2026-05-01' }),
    );
    told('ConnectionPlanned', { matchId: 'quick' as never }, { on: '2026-05-10' });
    told('ConnectionPlanned', { matchId: 'slow' as never }, { on: '2026-05-20' });
    told('AgreementNotReached', { matchId: 'ended' as never }, { on: '2026-05-03' });
    expect(figure('mediationBottleneck', D)).toMatchObject({ numerator: 2, denominator: 5, alert: true });
    told('MediatorNamed', { memberId: 'moe' as never }, { on: '2026-01-01' });
    expect(figure('openConnectionsPerMediator', D)).toMatchObject({ numerator: 2, denominator: 1, value: 2, alert: false });
  });
});
