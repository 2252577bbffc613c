import type { Instant } from '#kernel/id';
import { identityCache } from './identity-cache';

let now = 0;
const clock = { now: () => new Date(now).toISOString() as Instant };
const ana = { network: 'lyon', member: 'ana' };

const kept = (size?: number) => {
  const cache = identityCache(clock, size);
  cache.keep('ana in lyon', ana, cache.epoch());
  return cache;
};

beforeEach(() => {
  now = Date.UTC(2026, 2, 2);
});

describe('the cache of who is who', () => {
  it('finds a member for less than a minute (R19)', () => {
    const cache = kept();
    now += 59_999;
    expect(cache.find('ana in lyon')).toBe('ana');
    now += 1;
    expect(cache.find('ana in lyon')).toBeNull();
  });

  it('trusts nothing after the clock went back', () => {
    const cache = kept();
    now -= 1;
    expect(cache.find('ana in lyon')).toBeNull();
  });

  it('forgets who is forgotten, in that network alone, and keeps nothing that was read before (R19)', () => {
    const cache = kept();
    cache.keep('ana in lille', { network: 'lille', member: 'ana' }, cache.epoch());
    const before = cache.epoch();
    cache.drop('lyon', 'ana');
    cache.keep('ana in lyon', ana, before);
    expect([cache.find('ana in lyon'), cache.find('ana in lille')]).toEqual([null, 'ana']);
  });

  it('is bounded: the oldest goes', () => {
    const cache = kept(2);
    for (const name of ['bo', 'cleo']) cache.keep(name, { network: 'lyon', member: name }, cache.epoch());
    expect(['ana in lyon', 'bo', 'cleo'].map((name) => cache.find(name))).toEqual([null, 'bo', 'cleo']);
  });
});
