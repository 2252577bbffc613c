import type { Bench } from './bench';
import { benches } from '../benches';
import { runBenches } from './command';

const bench: Bench = {
  name: 'sums',
  about: 'sums a second; size: numbers',
  defaultSize: 10,
  run: ({ size }) => Promise.resolve({ figures: { sumsPerSecond: size }, ratios: { toFloor: 0.5 } }),
};

const call = async (line: string, among: readonly Bench[] = [bench]) => {
  const [said, printed]: [string[], string[]] = [[], []];
  const out = { say: (text: string) => void said.push(text), print: (text: string) => void printed.push(text) };
  const code = await runBenches(line.split(' ').filter(Boolean), { benches: among, out });
  return { code, said, printed };
};

describe('the grammar of benches', () => {
  it('lists what there is', async () => {
    const { code, printed } = await call('list', benches);
    expect([code, printed.map((line) => line.split('\t')[0])]).toEqual([0, benches.map(({ name }) => name)]);
  });

  it.each([
    ['', 'Give the name of one'],
    ['products', 'There is no bench "products": there are sums'],
    ['sums --size none', '--size must be a whole number'],
  ])('answers "%s" with one sentence and exit code 64', async (line, sentence) => {
    const { code, said, printed } = await call(line);
    expect([code, said.length, printed, said[0]]).toEqual([64, 1, [], expect.stringContaining(sentence)]);
  });

  it('gives figures and ratios as one line of JSON, with the machine', async () => {
    const { code, printed } = await call('sums --size 5');
    expect(code).toBe(0);
    expect(JSON.parse(printed.at(-1)!)).toMatchObject({ bench: 'sums', size: 5, figures: { sumsPerSecond: 5 }, ratios: { toFloor: 0.5 } });
  });
});
