import type { Instant } from '#kernel/id';
import { keyCache } from './key-cache';

let now = 0;
const clock = { now: () => new Date(now).toISOString() as Instant };
const entry = (keyId: string) => ({
  keyId,
  owner: { network: 'lyon', member: keyId, stream: null },
  key: { keyId, secret: Buffer.alloc(32) },
});
const all = () => true;

beforeEach(() => {
  now = Date.UTC(2026, 2, 2);
});

describe('the key cache', () => {
  it('finds a key by id and by owner, for less than a minute', () => {
    const cache = keyCache(clock);
    cache.keep(entry('ana'), cache.epoch());
    now += 59_999;
    expect([cache.byId('ana')?.keyId, cache.byOwner(entry('ana').owner)?.keyId]).toEqual(['ana', 'ana']);
    now += 1;
    expect([cache.byId('ana'), cache.byOwner(entry('ana').owner)]).toEqual([undefined, undefined]);
  });

  it('trusts nothing after the clock went back', () => {
    const cache = keyCache(clock);
    cache.keep(entry('ana'), cache.epoch());
    now -= 1;
    expect(cache.byId('ana')).toBeUndefined();
  });

  it('is bounded: the oldest goes', () => {
    const cache = keyCache(clock, 2);
    for (const name of ['ana', 'bo', 'cleo']) cache.keep(entry(name), cache.epoch());
    expect([cache.byId('ana'), cache.byId('bo')?.keyId, cache.byId('cleo')?.keyId]).toEqual([undefined, 'bo', 'cleo']);
  });

  it('keeps nothing that was read before an erasure', () => {
    const cache = keyCache(clock);
    const before = cache.epoch();
    cache.drop(all);
    cache.keep(entry('ana'), before);
    expect(cache.byId('ana')).toBeUndefined();
  });
});
