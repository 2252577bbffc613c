import { instant } from '#testing/commands';
import { event } from '#testing/examples/example-event';
import { following } from '#testing/histories/process-grammar';
import { lyon } from '#testing/network-facts';
import { pam } from '#testing/people';
import type { ExchangeId, RetentionRunId } from '#domain/ids';
import { defaultPolicy } from '#domain/network/policy';
import { retentionClock, retentionRuns } from './retention.process';

const runId = 'run-1' as RetentionRunId;
const periods = { exchangeTextsMonths: 24, goneMembersMonths: 36 };
const opened = event('NetworkOpened', { networkId: lyon });
const started = event('RetentionRunStarted', { networkId: lyon, runId, by: pam, ...periods });
const changed = event('PolicyChanged', { networkId: lyon, policy: { ...defaultPolicy, exchangeTextsMonths: 12 } });

describe('the clock of retention', () => {
  const clock = following(retentionClock);

  it('strikes at the network’s first midnight of each month, across a change of clocks (R19, R23)', () => {
    expect(clock.given(opened).due('run', lyon)).toBe('2026-03-31T22:00:00.000Z');
    const row = { networkId: lyon, timeZone: 'Europe/Paris', policy: periods, approved: periods };
    const due = { key: lyon, name: 'run', at: instant('2026-03-31T22:00:00Z') };
    expect(retentionClock.next?.(row, due, instant('2026-03-31T22:00:01Z'))).toEqual({ run: '2026-04-30T22:00:00.000Z' });
    expect(retentionClock.next?.(row, due, instant('2026-12-05T08:00:00Z'))).toEqual({ run: '2026-12-31T23:00:00.000Z' });
  });

  it('begins a run only where somebody has started one by the same policy (R19)', () => {
    clock.given(opened).whenDue('run', lyon).then();
    clock.given(opened, started, changed).whenDue('run', lyon).then();
    const again = following(retentionClock).given(opened, started);
    again.whenDue('run', lyon).then({
      type: 'StartRetentionRun',
      data: { networkId: lyon, runId: expect.any(String) as RetentionRunId, ...periods },
    });
  });
});

describe('a retention run', () => {
  const runs = following(retentionRuns);
  const due = { key: lyon, name: 'step', at: instant('2026-03-02T09:00:00Z') };
  const row = { networkId: lyon, runId, upTo: instant('2026-03-02T09:00:00Z'), ...periods };

  it('takes its steps one after the other until it is over (R19)', () => {
    expect(runs.given(started).due('step', lyon)).toBe('2026-03-02T09:00:00.000Z');
    expect(retentionRuns.next?.(row, due, instant('2026-03-02T09:00:05Z'))).toEqual({ step: '2026-03-02T09:02:05.000Z' });
    expect(runs.given(started, event('RetentionRun', { networkId: lyon, runId })).due('step', lyon)).toBeNull();
  });

  it('is not ended by one that was done elsewhere (R19)', () => {
    expect(runs.given(started, event('RetentionRun', { networkId: lyon, runId: null })).due('step', lyon)).not.toBeNull();
  });

  it('asks what is due, and has it ended (R19)', () => {
    expect(retentionRuns.asks?.(row, due)).toEqual({ ask: 'retention-due', networkId: lyon, upTo: row.upTo, ...periods });
    const found = { exchangeIds: ['exchange-1' as ExchangeId], incidentIds: [], memberIds: [] };
    expect(retentionRuns.react(row, due, lyon, found)).toEqual([{ type: 'ApplyRetention', data: { networkId: lyon, runId, ...found } }]);
  });
});
