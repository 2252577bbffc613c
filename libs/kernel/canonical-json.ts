type Plain = null | boolean | number | string | undefined | readonly Plain[] | { readonly [key: string]: Plain };
type PlainObject = { readonly [key: string]: Plain };

/** The value has no canonical JSON form. Names why, never what. */
export class NotCanonical extends Error {
  constructor(what: string) {
    super(`no canonical JSON: ${what}`);
    this.name = 'NotCanonical';
  }
}

const isPlain = (value: object): value is PlainObject => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const inOrder = (keys: readonly string[]): boolean => {
  for (let i = 1; i < keys.length; i++) if (keys[i - 1]! > keys[i]!) return false;
  return true;
};

const orderedArray = (items: readonly Plain[]): readonly Plain[] => {
  let copy: Plain[] | undefined;
  for (let i = 0; i < items.length; i++) {
    if (items[i] === undefined) throw new NotCanonical('a list has a hole');
    const item = ordered(items[i]);
    if (item !== items[i]) (copy ??= [...items])[i] = item;
  }
  return copy ?? items;
};

const orderedObject = (object: PlainObject): PlainObject => {
  const keys = Object.keys(object);
  const sorted = inOrder(keys);
  if (!sorted) keys.sort();
  let copy: Record<string, Plain> | undefined = sorted ? undefined : {};
  for (const key of keys) {
    const field = ordered(object[key]);
    if (copy === undefined && field !== object[key]) copy = { ...object };
    if (copy !== undefined) copy[key] = field;
  }
  return copy ?? object;
};

/** The same value with sorted keys, copied only where they were not: writing it is then the engine's own, and ten times as fast. */
const ordered = (value: Plain): Plain => {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotCanonical('a number is not finite');
    return value;
  }
  if (typeof value !== 'object') throw new NotCanonical(`a value is of type ${typeof value}`);
  if (Array.isArray(value)) return orderedArray(value as readonly Plain[]);
  if (isPlain(value)) return orderedObject(value);
  throw new NotCanonical('an object is not plain');
};

const LONE_SURROGATE = /\p{Surrogate}/u;

const writeText = (value: string): string => {
  if (LONE_SURROGATE.test(value)) throw new NotCanonical('a string holds half a surrogate pair');
  return JSON.stringify(value);
};

/** Member by member: JavaScript lists keys that are whole numbers first, whatever order they were given in. */
const write = (value: Plain): string => {
  if (typeof value === 'string') return writeText(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Plain[]).map(write).join(',')}]`;
  const object = value as PlainObject;
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${writeText(key)}:${write(object[key])}`)
    .join(',')}}`;
};

/** A number as a key, or what the engine writes for half a surrogate pair. */
const NEEDS_CARE = /[{,]"\d+":|\\ud[89a-f]/;

/**
 * One text for one JSON value (RFC 8785): keys in UTF-16 order, numbers and escapes as ECMAScript writes them.
 * A member that is `undefined` is left out, as JSON does; anything else that JSON cannot hold is refused.
 * @throws NotCanonical
 * @example canonicalJson({ b: 1, a: 'é' }) // {"a":"é","b":1}
 */
export const canonicalJson = (value: unknown): string => {
  if (value === undefined) throw new NotCanonical('a value is of type undefined');
  const text = JSON.stringify(ordered(value as Plain));
  return NEEDS_CARE.test(text) ? write(value as Plain) : text;
};
