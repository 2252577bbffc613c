/** The read tables do not fit this Savoirs: one sentence for whoever started it. */
export class TablesProblem extends Error {
  /** Configuration (docs/exit-codes.md). */
  readonly exitCode = 78;

  constructor(sentence: string) {
    super(sentence);
    this.name = 'TablesProblem';
  }
}
