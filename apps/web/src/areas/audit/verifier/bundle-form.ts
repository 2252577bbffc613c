import { Refused } from './finding';

/** One event of a file of evidence; either its data as stored, or the hash of it. */
export interface EvidenceEvent {
  readonly ordinal: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly meta: string;
  readonly shown: { readonly data: string } | { readonly dataHash: string };
  readonly proof: readonly string[];
}

/** A file of evidence, as docs/audit/format.md has its members. */
export interface Evidence {
  readonly key: string;
  readonly witnesses: readonly string[];
  readonly checkpoint: string;
  readonly policies: readonly number[];
  readonly schemas: ReadonlyMap<string, readonly number[]>;
  readonly events: readonly EvidenceEvent[];
}

type Members = Readonly<Record<string, unknown>>;

const FORM = 'savoirs evidence 1';
const FILE = ['bundle', 'key', 'witnesses', 'checkpoint', 'versions', 'events'];
const EVENT = ['ordinal', 'stream', 'revision', 'id', 'type', 'version', 'meta', 'data', 'dataHash', 'proof'];
const HASH_HEX = /^[0-9a-f]{64}$/;
/** Half of a pair: as UTF-8 it would be another text. */
const HALF = /\p{Surrogate}/u;

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

const membersOf = (value: unknown, field: string, names: readonly string[]): Members => {
  if (!isObject(value)) throw new Refused(field, 'no-object');
  if (Object.keys(value).some((name) => !names.includes(name))) throw new Refused(field, 'unknown-member');
  return value;
};

const textIn = (value: unknown, field: string): string => {
  if (typeof value !== 'string' || HALF.test(value)) throw new Refused(field, 'no-text');
  return value;
};

const numberIn = (value: unknown, field: string): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Refused(field, 'no-number');
  return value;
};

const listIn = (value: unknown, field: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Refused(field, 'no-list');
  return value;
};

const textsIn = (value: unknown, field: string): readonly string[] => listIn(value, field).map((text) => textIn(text, field));

const numbersIn = (value: unknown, field: string): readonly number[] =>
  listIn(value, field).map((number, at) => numberIn(number, `${field}.${at}`));

const schemasIn = (value: unknown): ReadonlyMap<string, readonly number[]> => {
  if (!isObject(value)) throw new Refused('versions.schemas', 'no-object');
  return new Map(Object.entries(value).map(([type, versions]) => [type, numbersIn(versions, 'versions.schemas')]));
};

const shownIn = (event: Members, field: string): EvidenceEvent['shown'] => {
  if ('data' in event === 'dataHash' in event) throw new Refused(field, 'data-or-hash');
  if ('data' in event) return { data: textIn(event['data'], `${field}.data`) };
  const dataHash = textIn(event['dataHash'], `${field}.dataHash`);
  if (!HASH_HEX.test(dataHash)) throw new Refused(`${field}.dataHash`, 'no-hash');
  return { dataHash };
};

const eventIn = (value: unknown, at: number): EvidenceEvent => {
  const field = `events[${at}]`;
  const event = membersOf(value, field, EVENT);
  const text = (name: string): string => textIn(event[name], `${field}.${name}`);
  const number = (name: string): number => numberIn(event[name], `${field}.${name}`);
  return {
    ...{ ordinal: number('ordinal'), stream: text('stream'), revision: number('revision') },
    ...{ id: text('id'), type: text('type'), version: number('version'), meta: text('meta') },
    shown: shownIn(event, field),
    proof: textsIn(event['proof'], `${field}.proof`),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused('file', 'not-json');
  }
};

/** Reads members and kinds, and believes none of it. @throws Refused */
export const readEvidence = (text: string): Evidence => {
  const file = membersOf(parsed(text), 'file', FILE);
  if (file['bundle'] !== FORM) throw new Refused('bundle', 'other-form');
  const [key, witnesses] = [textIn(file['key'], 'key'), textsIn(file['witnesses'], 'witnesses')];
  const checkpoint = textIn(file['checkpoint'], 'checkpoint');
  const versions = membersOf(file['versions'], 'versions', ['policies', 'schemas']);
  const schemas = schemasIn(versions['schemas']);
  const policies = numbersIn(versions['policies'], 'versions.policies');
  return { key, witnesses, checkpoint, policies, schemas, events: listIn(file['events'], 'events').map(eventIn) };
};
