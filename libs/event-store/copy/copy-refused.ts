/** The target cannot become a copy of the source: one sentence for whoever asked for it. Nothing more was written to it. */
export class CopyRefused extends Error {
  /** Data (docs/exit-codes.md). */
  readonly exitCode = 65;

  constructor(sentence: string) {
    super(sentence);
    this.name = 'CopyRefused';
  }
}
