import { serveComputation } from './serve-computation';

let total = 0;

/** Adds up what it is given; counts down from there in pieces; never answers where they are endless. */
serveComputation<number, { readonly pieces: number }, number>({
  take: (rows) => {
    if (rows.includes(13)) throw new Error('not thirteen');
    rows.forEach((row) => (total += row));
  },
  *answer({ pieces }) {
    while (pieces === Infinity);
    for (let piece = 0; piece < pieces; piece += 1) yield total - piece;
  },
});
