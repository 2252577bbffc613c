/** A demo that cannot be played here: one sentence, and an exit code. */
export class DemoRefused extends Error {
  constructor(
    sentence: string,
    readonly exitCode: 64 | 65 | 75,
  ) {
    super(sentence);
    this.name = 'DemoRefused';
  }
}
