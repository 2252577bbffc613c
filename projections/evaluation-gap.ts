import type { ReadStore } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { GAP_AT, type GapAt } from './risk/indicators/evaluation-gap';
import type { SatisfactionFigure } from './satisfaction/figures';
import { weeklyClosings, weeklyFigures } from './satisfaction/weekly-figures';

/** Null while the response rate is hidden. */
export const gapIn = (figures: readonly SatisfactionFigure[]): { readonly missed: number; readonly due: number } | null => {
  const rate = figures.find(({ indicator, cell }) => indicator === 'responseRate' && cell === 'network');
  if (rate === undefined || rate.hidden || rate.numerator === null || rate.denominator === null) return null;
  return { missed: rate.denominator - rate.numerator, due: rate.denominator };
};

/** R15: the gap is the other side of the response rate, so it is taken from there: in its steps, by its judge. */
export const gapAtOf =
  (store: ReadStore): GapAt =>
  async (networkId, asOf) => {
    const { figures } = await weeklyFigures(store, { networkId, asOf, dimension: 'network' });
    const gap = gapIn(figures);
    return gap && { ...gap, closings: await weeklyClosings(store, { networkId, asOf }) };
  };

export const gapProvider = { provide: GAP_AT, useFactory: gapAtOf, inject: [READ_STORE] };
