import { holding } from './tokens';
import { VerifiedTokens } from './verified-tokens';

const KEYS = { keys: [] };
let now = 1_000;
const ana = holding('ana', { networks: {}, isOperator: false }, 5_000);

const kept = (most?: number): VerifiedTokens => {
  now = 1_000;
  const tokens = new VerifiedTokens(() => now, most);
  tokens.keep('a.b.c', ana, KEYS);
  return tokens;
};

describe('tokens that were verified once', () => {
  it('are found until the very millisecond in which they expire', () => {
    const tokens = kept();
    now = 4_999;
    expect(tokens.find('a.b.c', KEYS)).toBe(ana);
    now = 5_000;
    expect(tokens.find('a.b.c', KEYS)).toBeNull();
  });

  it('are no others', () => {
    expect(kept().find('a.b.d', KEYS)).toBeNull();
  });

  it('are verified again once the keys were read anew, or have to be', () => {
    expect(kept().find('a.b.c', { keys: [] })).toBeNull();
    expect(kept().find('a.b.c', null)).toBeNull();
  });

  it('are verified again once the clock went back', () => {
    const tokens = kept();
    now = 999;
    expect(tokens.find('a.b.c', KEYS)).toBeNull();
  });

  it('are bounded: the oldest goes', () => {
    const tokens = kept(2);
    tokens.keep('d.e.f', ana, KEYS);
    tokens.keep('g.h.i', ana, KEYS);
    expect(['a.b.c', 'd.e.f', 'g.h.i'].map((token) => tokens.find(token, KEYS) !== null)).toEqual([false, true, true]);
  });

  it('stand nowhere themselves', () => {
    expect(JSON.stringify([...(kept() as unknown as { kept: Map<string, unknown> }).kept])).not.toContain('a.b.c');
  });
});
