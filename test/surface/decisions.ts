/** A fact of the baseline that no longer holds, and why that was decided. */
export interface Decision {
  readonly about: string | RegExp;
  readonly fact: string | RegExp;
  readonly why: string;
}

/** Since the baseline. What is new, and takes nothing away, is not listed. */
export const decisions: readonly Decision[] = [
  {
    about: 'setting `SAVOIRS_PROJECTION_THREADS`',
    fact: /^default/,
    why: 'Folding in worker threads is gone: it was off by default, and slower where it was measured.',
  },
];
