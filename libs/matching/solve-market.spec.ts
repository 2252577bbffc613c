import fc from 'fast-check';
import { defaultPolicy } from '#domain/network/policy';
import { marketOf } from './market';
import { roundInputs } from './round-inputs.fixture';
import { solveMarket } from './solve-market';

const few = { all: 0, wanted: 1, rounds: 20, withGroups: 20 } as const;
const all = { all: Infinity, wanted: Infinity, rounds: 0, withGroups: 0 } as const;

describe('A round of few candidates', () => {
  it('comes to the same optimum as one of all, one to one: prices ask for those that were left out (R18)', () =>
    fc.assert(
      fc.property(roundInputs, fc.integer(), (inputs, seed) => {
        const alone = { ...inputs, offers: inputs.offers.map((offer) => ({ ...offer, smallestGroup: 1, largestGroup: 1 })) };
        const market = marketOf(alone, defaultPolicy, seed);
        const [some, every] = [solveMarket(market, few), solveMarket(market, all)];
        expect([some.served, some.cost]).toEqual([every.served, every.cost]);
        expect(some.gap).toEqual({ served: 0, cost: 0 });
      }),
      { numRuns: 150 },
    ));

  it('says what it may lack where it is not given all that prices ask for (R18)', () =>
    fc.assert(
      fc.property(roundInputs, fc.integer(), (inputs, seed) => {
        const market = marketOf(inputs, defaultPolicy, seed);
        const [some, every] = [solveMarket(market, { ...few, rounds: 0, withGroups: 0 }), solveMarket(market, all)];
        expect(every.served - some.served).toBeLessThanOrEqual(some.gap.served);
        if (every.served === some.served) expect(some.cost - every.cost).toBeLessThanOrEqual(some.gap.cost);
      }),
      { numRuns: 150 },
    ));
});
