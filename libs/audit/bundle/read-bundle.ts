import { BUNDLE_FORM, BundleRefused, type Bundle, type BundleEvent, type BundleVersions } from './bundle';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown, field: string, names: readonly string[]): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BundleRefused(field, 'is no object');
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new BundleRefused(field, 'has a field that the format does not know');
  return value as Fields;
};

/** Half a surrogate pair: as UTF-8 it would be another text. */
const HALF = /\p{Surrogate}/u;

const textIn = (fields: Fields, name: string, field: string): string => {
  const value = fields[name];
  if (typeof value !== 'string' || HALF.test(value)) throw new BundleRefused(`${field}${name}`, 'is no text');
  return value;
};

const numberIn = (fields: Fields, name: string, field: string): number => {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new BundleRefused(`${field}${name}`, 'is no whole number');
  return value;
};

const listIn = (value: unknown, field: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw new BundleRefused(field, 'is no list');
  return value;
};

const textsIn = (value: unknown, field: string): readonly string[] =>
  listIn(value, field).map((text) => {
    if (typeof text !== 'string' || HALF.test(text)) throw new BundleRefused(field, 'holds something that is no text');
    return text;
  });

const numbersIn = (value: unknown, field: string): readonly number[] =>
  listIn(value, field).map((number, at) => numberIn({ [at]: number }, String(at), `${field}.`));

const versionsIn = (value: unknown): BundleVersions => {
  const { policies, schemas } = fieldsOf(value, 'versions', ['policies', 'schemas']);
  if (typeof schemas !== 'object' || schemas === null || Array.isArray(schemas))
    throw new BundleRefused('versions.schemas', 'is no object');
  return {
    policies: numbersIn(policies, 'versions.policies'),
    schemas: Object.fromEntries(Object.entries(schemas).map(([type, all]) => [type, numbersIn(all, 'versions.schemas')])),
  };
};

const EVENT = ['ordinal', 'stream', 'revision', 'id', 'type', 'version', 'meta', 'data', 'dataHash', 'proof'];
const HEX = /^[0-9a-f]{64}$/;

const dataIn = (fields: Fields, field: string): { readonly data: string } | { readonly dataHash: string } => {
  if ('data' in fields === 'dataHash' in fields) throw new BundleRefused(field, 'has either data or dataHash');
  if ('data' in fields) return { data: textIn(fields, 'data', `${field}.`) };
  const dataHash = textIn(fields, 'dataHash', `${field}.`);
  if (!HEX.test(dataHash)) throw new BundleRefused(`${field}.dataHash`, 'is no SHA-256 in hex');
  return { dataHash };
};

const eventIn = (value: unknown, at: number): BundleEvent => {
  const field = `events[${at}]`;
  const fields = fieldsOf(value, field, EVENT);
  const [text, number] = [(name: string) => textIn(fields, name, `${field}.`), (name: string) => numberIn(fields, name, `${field}.`)];
  return {
    ...{ ordinal: number('ordinal'), stream: text('stream'), revision: number('revision') },
    ...{ id: text('id'), type: text('type'), version: number('version'), meta: text('meta') },
    ...dataIn(fields, field),
    proof: textsIn(fields['proof'], `${field}.proof`),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new BundleRefused('file', 'is no JSON');
  }
};

/** Reads the form alone, and believes none of it. @throws BundleRefused */
export const readBundle = (text: string): Bundle => {
  const fields = fieldsOf(parsed(text), 'file', ['bundle', 'key', 'witnesses', 'checkpoint', 'versions', 'events']);
  if (fields['bundle'] !== BUNDLE_FORM) throw new BundleRefused('bundle', `is not “${BUNDLE_FORM}”`);
  return {
    bundle: BUNDLE_FORM,
    key: textIn(fields, 'key', ''),
    witnesses: textsIn(fields['witnesses'], 'witnesses'),
    checkpoint: textIn(fields, 'checkpoint', ''),
    versions: versionsIn(fields['versions']),
    events: listIn(fields['events'], 'events').map(eventIn),
  };
};
