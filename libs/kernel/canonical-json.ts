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

/** How an object with these keys is written. */
interface Shape {
  readonly keys: readonly string[];
  readonly sorted: readonly string[];
  /** What stands before each sorted key's value: where it is the first that is written, and where it is not. */
  readonly opening: readonly string[];
  readonly further: readonly string[];
}

/** Objects made by one piece of code have their keys in one order: found by the first, and sorted once. */
const shapes = new Map<string, Shape[]>();
/** An object that is a map by id has a shape of its own: its keys are no words. */
const WORD = /^[a-z][a-zA-Z]*$/;
/** So many that begin with one key: what is beyond is sorted each time. */
const MOST_ALIKE = 32;
const MOST_SHAPES = 1_000;
let kept = 0;

const isOf = ({ keys }: Shape, others: readonly string[]): boolean => {
  if (keys.length !== others.length) return false;
  for (let i = 1; i < keys.length; i++) if (keys[i] !== others[i]) return false;
  return true;
};

const shapeOf = (keys: readonly string[]): Shape | undefined => {
  const first = keys[0]!;
  const alike = shapes.get(first);
  if (alike) for (const shape of alike) if (isOf(shape, keys)) return shape;
  if (kept >= MOST_SHAPES || (alike && alike.length >= MOST_ALIKE) || !keys.every((key) => WORD.test(key))) return undefined;
  const sorted = [...keys].sort();
  const shape = { keys, sorted, opening: sorted.map((key) => `{"${key}":`), further: sorted.map((key) => `,"${key}":`) };
  kept += 1;
  if (alike) alike.push(shape);
  else shapes.set(first, [shape]);
  return shape;
};

/** What JSON escapes, and either half of a surrogate pair. */
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

const writeText = (value: string): string => {
  if (!NEEDS_CARE.test(value)) return `"${value}"`;
  if (LONE_SURROGATE.test(value)) throw new NotCanonical('a string holds half a surrogate pair');
  return JSON.stringify(value);
};

const writeList = (items: readonly Plain[]): string => {
  let text = '[';
  for (let i = 0; i < items.length; i++) {
    if (items[i] === undefined) throw new NotCanonical('a list has a hole');
    text += i === 0 ? write(items[i]) : `,${write(items[i])}`;
  }
  return `${text}]`;
};

const writeShaped = (object: PlainObject, { sorted, opening, further }: Shape): string => {
  let text = '';
  for (let i = 0; i < sorted.length; i++) {
    const field = object[sorted[i]!];
    if (field !== undefined) text += (text === '' ? opening[i]! : further[i]!) + write(field);
  }
  return text === '' ? '{}' : `${text}}`;
};

const writeObject = (object: PlainObject): string => {
  const keys = Object.keys(object);
  if (keys.length === 0) return '{}';
  const shape = shapeOf(keys);
  if (shape) return writeShaped(object, shape);
  let text = '';
  for (const key of keys.sort()) {
    const field = object[key];
    if (field !== undefined) text += `${text === '' ? '{' : ','}${writeText(key)}:${write(field)}`;
  }
  return text === '' ? '{}' : `${text}}`;
};

const write = (value: Plain): string => {
  if (typeof value === 'string') return writeText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotCanonical('a number is not finite');
    return String(value);
  }
  if (typeof value !== 'object') throw new NotCanonical(`a value is of type ${typeof value}`);
  if (Array.isArray(value)) return writeList(value as readonly Plain[]);
  if (isPlain(value)) return writeObject(value);
  throw new NotCanonical('an object is not plain');
};

/**
 * One text for one JSON value (RFC 8785): keys in UTF-16 order, numbers and escapes as ECMAScript writes them.
 * A member that is `undefined` is left out, as JSON does; anything else that JSON cannot hold is refused.
 * @throws NotCanonical
 * @example canonicalJson({ b: 1, a: 'é' }) // {"a":"é","b":1}
 */
export const canonicalJson = (value: unknown): string => write(value as Plain);
