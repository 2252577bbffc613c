/** Savoirs cannot start with these keys: one sentence for whoever started it. */
export class KeysProblem extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'KeysProblem';
  }
}
