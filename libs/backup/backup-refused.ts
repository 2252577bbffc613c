/** Nothing was done, or it was taken back: one sentence for whoever asked for it. Names files and counts, never what is in them. */
export class BackupRefused extends Error {
  constructor(
    sentence: string,
    /** 65: what was given is not what it should be; 75: somebody is at work here; 78: a setting (docs/exit-codes.md). */
    readonly exitCode: 65 | 75 | 78 = 65,
  ) {
    super(sentence);
    this.name = 'BackupRefused';
  }
}
