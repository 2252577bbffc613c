import type { ExchangeId } from '#domain/ids';
import { event } from '#testing/examples/example-event';
import { instant } from '#testing/commands';
import { pair } from '#testing/examples/match.examples';
import { ana, bo } from '#testing/people';
import { following } from '#testing/histories/process-grammar';
import { closedUnheld } from './closed-unheld.process';
import { exchangeDeadlines } from './exchange-deadlines.process';
import { recordedHours } from './recorded-hours.process';

const exchangeId = 'exchange-1' as ExchangeId;
const lapseAt = instant('2026-06-09T12:45:00Z');
const evaluateBy = instant('2026-04-26T12:45:00Z');

describe('the windows of an exchange', () => {
  const process = following(exchangeDeadlines);

  it('interrupts one that nobody reports', () => {
    process.given(event('ExchangeAgreed')).whenDue('lapse', exchangeId).then({ type: 'LapseExchange', data: { exchangeId, lapseAt } });
  });

  it('ends the evaluation window, and calls for the follow-up (R13)', () => {
    const held = process.given(event('ExchangeAgreed'), event('ExchangeHeld'));
    expect(held.due('lapse', exchangeId)).toBeNull();
    held.whenDue('evaluation', exchangeId).then({ type: 'EndEvaluation', data: { exchangeId, evaluateBy } });
    held.whenDue('followUp', exchangeId).then({ type: 'CallFollowUp', data: { exchangeId } });
  });

  it('stands still during a dispute, and goes on after', () => {
    const disputed = [event('ExchangeAgreed'), event('ExchangeHeld'), event('ExchangeDisputed')] as const;
    expect(process.given(...disputed).due('evaluation', exchangeId)).toBeNull();
    expect(process.given(...disputed, event('DisputeSettled')).due('evaluation', exchangeId)).toBe(evaluateBy);
  });
});

describe('an exchange that a dispute closes', () => {
  const process = following(closedUnheld);
  const agreed = event('ExchangeAgreed', { participants: pair });
  const closed = event('ExchangeClosed', { outcome: 'disputed' });
  const { matchId } = agreed.data;

  it('before it was held, releases its places, with which its requests re-open (R11, §3)', () => {
    process
      .given(agreed)
      .when(closed)
      .then(
        { type: 'ReleaseEngagement', data: { memberId: ana, matchId } },
        { type: 'ReleaseEngagement', data: { memberId: bo, matchId } },
      );
  });

  it.each(['ExchangeHeld', 'ExchangeCancelled', 'ExchangeInterrupted'] as const)('after %s has nothing left to release (R11)', (type) => {
    process.given(agreed, event(type)).when(closed).then();
  });
});

describe('training hours', () => {
  it('are recorded once the exchange is held, and again after a correction (R20)', () => {
    const record = { type: 'RecordTrainingHours', data: { exchangeId } } as const;
    following(recordedHours).given().when(event('ExchangeHeld')).then(record);
    following(recordedHours).given(event('ExchangeHeld')).when(event('SessionCorrected')).then(record);
  });

  it('are not recorded for a correction before that (R20)', () => {
    following(recordedHours).given().when(event('SessionCorrected')).then();
  });
});
