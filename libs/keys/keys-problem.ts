/** Savoirs cannot start with these keys: one sentence for whoever started it. */
export class KeysProblem extends Error {
  constructor(
    sentence: string,
    /** docs/exit-codes.md: 78 for configuration, 65 for a file that is not what it should be. */
    readonly exitCode: 65 | 78 = 78,
  ) {
    super(sentence);
    this.name = 'KeysProblem';
  }
}
