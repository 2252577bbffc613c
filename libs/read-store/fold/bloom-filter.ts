/** 32 bits of a text (FNV-1a over its UTF-16 units), then mixed: neighbours must not fall together. */
const hashOf = (text: string, seed: number): number => {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
};

const PROBES = 4;
const SEEDS = { first: 0x811c9dc5, step: 0x9747b28c } as const;
/** 4 MiB: one key in a hundred is taken for stored by mistake at three million keys, and is asked for in vain. */
const BITS = 2 ** 25;

/** Keys that may be in a table: a key that it does not know is certainly not there (a Bloom filter, of one size whatever the table's). */
export class BloomFilter {
  /** `words`: of another filter, to go on from. */
  constructor(readonly words: Uint32Array = new Uint32Array(BITS / 32)) {}

  add(key: string): void {
    const first = hashOf(key, SEEDS.first);
    const step = hashOf(key, SEEDS.step) | 1;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const place = this.place(first, step, probe);
      this.words[place >>> 5]! |= 1 << (place & 31);
    }
  }

  mayHold(key: string): boolean {
    const first = hashOf(key, SEEDS.first);
    const step = hashOf(key, SEEDS.step) | 1;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const place = this.place(first, step, probe);
      if ((this.words[place >>> 5]! & (1 << (place & 31))) === 0) return false;
    }
    return true;
  }

  private place(first: number, step: number, probe: number): number {
    return (first + probe * (step >>> 0)) % (this.words.length * 32);
  }
}
