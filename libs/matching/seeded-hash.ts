/** Mixes the bits of a 32-bit number into another, signed (the finalizer of MurmurHash3, by Austin Appleby, public domain). */
export const mix = (number: number): number => {
  let h = number | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
};

/** A text's place in the draw: 32 bits that depend on the seed and the text alone (FNV-1a, mixed). */
export const seededHash = (seed: number, text: string): number => {
  let h = mix(seed) ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
};
