/** Nothing is signed: the log, and what the tree or a kept checkpoint says of it, are not the same. One sentence that says what to do. */
export class TreeRefused extends Error {
  /** Data (docs/exit-codes.md). */
  readonly exitCode = 65;

  constructor(what: string) {
    super(
      `${what} Name the log, or restore the backup, that has it all; or, where the present history is the one to go on with, keep this tree as evidence and begin another one under a new SAVOIRS_AUDIT_ORIGIN.`,
    );
    this.name = 'TreeRefused';
  }
}
