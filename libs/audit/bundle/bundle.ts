/** One file with which a stranger checks some events of a log: docs/audit/format.md says each field. */
export interface Bundle {
  readonly bundle: typeof BUNDLE_FORM;
  /** Verifier key of the log. */
  readonly key: string;
  /** Verifier keys of witnesses whose signatures the checkpoint has. */
  readonly witnesses: readonly string[];
  /** A signed note. */
  readonly checkpoint: string;
  readonly versions: BundleVersions;
  /** In the log's order. */
  readonly events: readonly BundleEvent[];
}

/** Of the events' schemas by type, and of the policies that took part in decisions: each ascending, each once. */
export interface BundleVersions {
  readonly policies: readonly number[];
  readonly schemas: Readonly<Record<string, readonly number[]>>;
}

interface ProvenEvent {
  /** Number of the event in its log, from 1. */
  readonly ordinal: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly meta: string;
  /** Hashes in base64. */
  readonly proof: readonly string[];
}

/** With its data as it is stored; or, where that is withheld, with its SHA-256 in hex. */
export type BundleEvent = ProvenEvent & ({ readonly data: string } | { readonly dataHash: string });

export const BUNDLE_FORM = 'savoirs evidence 1';

/** The file does not prove what it claims. Names the field and what is wrong with it; holds nothing of an event. */
export class BundleRefused extends Error {
  constructor(field: string, what: string) {
    super(`${field}: ${what}`);
    this.name = 'BundleRefused';
  }
}

const ascending = (numbers: Iterable<number>): readonly number[] => [...new Set(numbers)].sort((one, other) => one - other);

const policyOf = ({ meta }: Pick<BundleEvent, 'meta'>): readonly number[] => {
  const told: unknown = JSON.parse(meta);
  const version = typeof told === 'object' && told !== null && 'policyVersion' in told ? told.policyVersion : undefined;
  return typeof version === 'number' ? [version] : [];
};

/** What the events say themselves. @throws SyntaxError where a `meta` is no JSON */
export const versionsOf = (events: readonly Pick<BundleEvent, 'meta' | 'type' | 'version'>[]): BundleVersions => {
  const types = [...new Set(events.map(({ type }) => type))].sort();
  const ofType = (type: string) => ascending(events.flatMap((event) => (event.type === type ? [event.version] : [])));
  return {
    policies: ascending(events.flatMap(policyOf)),
    schemas: Object.fromEntries(types.map((type) => [type, ofType(type)])),
  };
};
