import type { ReadStore } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { GAP_AT, type GapAt } from './risk/indicators/evaluation-gap';
import { weeklyClosings, weeklyFigures } from './satisfaction/weekly-answers';

/** R15: the gap is the other side of the response rate, so it is taken from there: in its steps, by its judge. */
export const gapAtOf =
  (store: ReadStore): GapAt =>
  async (networkId, asOf) => {
    const { figures } = await weeklyFigures(store, { networkId, asOf, dimension: 'network' });
    const rate = figures.find(({ indicator }) => indicator === 'responseRate');
    if (rate === undefined || rate.hidden || rate.numerator === null || rate.denominator === null) return null;
    const closings = await weeklyClosings(store, { networkId, asOf });
    return { missed: rate.denominator - rate.numerator, due: rate.denominator, closings };
  };

export const gapProvider = { provide: GAP_AT, useFactory: gapAtOf, inject: [READ_STORE] };
