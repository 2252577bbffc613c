import type { Due } from '#kernel/process';
import type { NetworkId } from '#domain/ids';
import { instant } from '#testing/commands';
import { event } from '#testing/examples/example-event';
import { following } from '#testing/histories/process-grammar';
import { riskWatch } from './risk-watch.process';

const lyon = 'lyon' as NetworkId;
const row = { networkId: lyon, timeZone: 'Europe/Paris' };
const due = (at: string): Due => ({ key: lyon, name: 'judgement', at: instant(at) });

describe('the watch over risks (§5)', () => {
  it('judges for the first time at the network’s next midnight (R23: its own time zone)', () => {
    const opened = event('NetworkOpened', { networkId: lyon, timeZone: 'Europe/Paris' });
    expect(following(riskWatch).given(opened).due('judgement', lyon)).toBe('2026-03-02T23:00:00.000Z');
  });

  it('judges at every midnight after, across a change of clocks', () => {
    expect(riskWatch.next?.(row, due('2026-03-28T23:00:00Z'), instant('2026-03-28T23:00:01Z'))).toEqual({
      judgement: '2026-03-29T22:00:00.000Z',
    });
    expect(riskWatch.next?.(row, due('2026-10-24T22:00:00Z'), instant('2026-10-24T22:00:01Z'))).toEqual({
      judgement: '2026-10-25T23:00:00.000Z',
    });
  });

  it('opens one incident for each threshold newly crossed, always under the same id', () => {
    const react = () => riskWatch.react(row, due('2026-03-28T23:00:00Z'), lyon, ['imbalance', 'noShow']);
    expect(react().map(({ data }) => data)).toMatchObject([{ subject: { indicator: 'imbalance' } }, { subject: { indicator: 'noShow' } }]);
    expect(react()).toEqual(react());
  });

  it('opens none where nothing is crossed', () => {
    expect(riskWatch.react(row, due('2026-03-28T23:00:00Z'), lyon, [])).toEqual([]);
  });
});
