/** Savoirs cannot start with these keys: one sentence for whoever started it. */
export class KeysProblem extends Error {
  /** Configuration (docs/exit-codes.md). */
  readonly exitCode = 78;

  constructor(sentence: string) {
    super(sentence);
    this.name = 'KeysProblem';
  }
}
