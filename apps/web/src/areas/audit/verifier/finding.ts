/** What can be wrong with a file of evidence; the site's texts say each in a sentence. */
export type Fault =
  | 'not-json'
  | 'no-object'
  | 'unknown-member'
  | 'no-text'
  | 'no-number'
  | 'no-list'
  | 'other-form'
  | 'data-or-hash'
  | 'no-hash'
  | 'no-log-key'
  | 'no-witness-key'
  | 'witness-twice'
  | 'other-log'
  | 'witness-lacks'
  | 'no-note'
  | 'other-name'
  | 'not-signed'
  | 'wrong-signature'
  | 'witness-silent'
  | 'no-events'
  | 'out-of-order'
  | 'not-in-tree'
  | 'meta-no-json'
  | 'other-versions';

/** Where in the file it is, and what. */
export interface Finding {
  /** As docs/audit/format.md names it: `checkpoint`, `events[3].ordinal`; `file` for all of it. */
  readonly field: string;
  readonly fault: Fault;
}

/** The file cannot be read further. */
export class Refused extends Error implements Finding {
  constructor(
    readonly field: string,
    readonly fault: Fault,
  ) {
    super(`${field}: ${fault}`);
  }
}
