/** Whose texts end with an erasure: these members' own, and everybody's in these streams. */
export interface ErasedTexts {
  readonly network: string;
  readonly members: readonly string[];
  readonly streams: readonly string[];
}

/** The one table of clear texts, as an erasure needs it (R19). */
export interface ClearTexts {
  /**
   * Removes them. Once their keys are destroyed and in no cache any more, they are gone for good, wherever the read model of texts
   * stands: what it was about to write is read again, without those keys. Idempotent.
   */
  erase(of: ErasedTexts): Promise<void>;
  /** Rewrites the table's files, so that none holds a removed text. False where it must be tried again: somebody reads an older state. */
  scrub(): Promise<boolean>;
}
