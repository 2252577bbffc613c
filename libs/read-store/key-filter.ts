/** 32 bits of a text (FNV-1a over its UTF-16 units), then mixed: neighbours must not fall together. */
const hashOf = (text: string, seed: number): number => {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
};

/** Which of so many shares a key belongs to: the same in every process. */
export const shareOf = (key: string, shares: number): number => hashOf(key, 0x2545f491) % shares;

const PROBES = 4;
/** 4 MiB: one key in a hundred is taken for stored by mistake at three million keys, and is asked for in vain. */
const BITS = 2 ** 25;

/** Keys that may be in a table: a key that it does not know is certainly not there (a Bloom filter, of one size whatever the table's). */
export class KeyFilter {
  /** `words`: of another filter, to go on from. */
  constructor(readonly words: Uint32Array = new Uint32Array(BITS / 32)) {}

  add(key: string): void {
    for (const place of this.places(key)) this.words[place >>> 5]! |= 1 << (place & 31);
  }

  mayHold(key: string): boolean {
    return this.places(key).every((place) => (this.words[place >>> 5]! & (1 << (place & 31))) !== 0);
  }

  private places(key: string): readonly number[] {
    const first = hashOf(key, 0x811c9dc5);
    const step = (hashOf(key, 0x9747b28c) | 1) >>> 0;
    return Array.from({ length: PROBES }, (_, probe) => (first + probe * step) % (this.words.length * 32));
  }
}
