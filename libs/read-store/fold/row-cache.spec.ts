import { BloomFilter } from './bloom-filter';
import { RowCache } from './row-cache';

const stored = (text: string) => ({ row: text, text });
const keys = Array.from({ length: 1000 }, (_, n) => `member/${n}`);

describe('the keys that may be in a table', () => {
  it('never forgets one, and knows of nearly all others that they are not there', () => {
    const filter = new BloomFilter(new Uint32Array(2 ** 9));
    for (const key of keys) filter.add(key);
    expect(keys.filter((key) => !filter.mayHold(key))).toEqual([]);
    const mistaken = keys.filter((key) => filter.mayHold(`${key}/other`));
    expect(mistaken.length).toBeLessThan(50);
  });
});

describe('rows kept between batches', () => {
  it('stay within the limit: what was used longest ago goes first', () => {
    const cache = new RowCache(20_000, null);
    for (const key of keys.slice(0, 100)) {
      cache.hold(key, stored('x'.repeat(100)));
      cache.get(keys[0]!);
      cache.shrink();
      expect(cache.bytes).toBeLessThanOrEqual(20_000);
    }
    expect(cache.get(keys[0]!)).toBeDefined();
    expect(cache.get(keys[1]!)).toBeUndefined();
    expect(cache.get(keys[99]!)).toBeDefined();
  });

  it('stay, over the limit too, while the table does not have them', () => {
    const cache = new RowCache(0, new BloomFilter());
    const [dirty, writing, idle] = ['dirty', 'writing', 'idle'].map((key) => cache.hold(key, null)) as [never, never, never];
    Object.assign(dirty, { dirty: true });
    Object.assign(writing, { writing: true });
    cache.shrink();
    expect([dirty, writing, idle].map(({ key }) => cache.get(key) !== undefined)).toEqual([true, true, false]);
    Object.assign(dirty, { dirty: false });
    Object.assign(writing, { writing: false });
    cache.shrink();
    expect(cache.bytes).toBe(0);
  });

  it('know what is certainly not in a table that was empty, and ask for everything else', () => {
    const fresh = new RowCache(0, new BloomFilter());
    const held = fresh.hold('written', null);
    fresh.hold('absent', null);
    held.text = '{}';
    fresh.shrink();
    expect(fresh.get('written')).toBeUndefined();
    expect([fresh.mayBeStored('written'), fresh.mayBeStored('absent')]).toEqual([true, false]);
    expect(new RowCache(0, null).mayBeStored('absent')).toBe(true);
  });
});
