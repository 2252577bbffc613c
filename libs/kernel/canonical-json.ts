type Plain = null | boolean | number | string | undefined | readonly Plain[] | { readonly [key: string]: Plain };
type PlainObject = { readonly [key: string]: Plain };

/** The value has no canonical JSON form. Names why, never what. */
export class NotCanonical extends Error {
  constructor(what: string) {
    super(`no canonical JSON: ${what}`);
    this.name = 'NotCanonical';
  }
}

/** Made by no class: what JSON has objects for. */
export const isPlain = (value: object): value is PlainObject => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** How an object with these keys is written. */
interface Shape {
  readonly keys: readonly string[];
  readonly sorted: readonly string[];
  /** What stands before each sorted key's value: where it is the first that is written, and where it is not. */
  readonly opening: readonly Uint8Array[];
  readonly further: readonly Uint8Array[];
}

const utf8 = new TextEncoder();
const NULL = utf8.encode('null');
const TRUE = utf8.encode('true');
const FALSE = utf8.encode('false');
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d];

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
  const before = (mark: string) => sorted.map((key) => utf8.encode(`${mark}"${key}":`));
  const shape = { keys, sorted, opening: before('{'), further: before(',') };
  kept += 1;
  if (alike) alike.push(shape);
  else shapes.set(first, [shape]);
  return shape;
};

/** Bytes for one text after the other. All is written to this one: code that knows two kinds of places to write to runs slower. */
class Scratch {
  buffer = new Uint8Array(16 * 1024);
  /** Bytes of it that are written. */
  size = 0;

  /** Room for so many bytes more. */
  ensure(more: number): void {
    if (this.size + more <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * this.buffer.length, this.size + more));
    larger.set(this.buffer.subarray(0, this.size));
    this.buffer = larger;
  }
}

const byte = (to: Scratch, value: number): void => {
  to.ensure(1);
  to.buffer[to.size] = value;
  to.size += 1;
};

const bytes = (to: Scratch, values: Uint8Array): void => {
  to.ensure(values.length);
  const { buffer, size } = to;
  for (let i = 0; i < values.length; i++) buffer[size + i] = values[i]!;
  to.size = size + values.length;
};

/** What JSON escapes, and either half of a surrogate pair. */
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
/** Up to so many characters, one after the other is faster than a call that takes them all. */
const SHORT = 96;

const writeText = (to: Scratch, value: string): void => {
  const { length } = value;
  if (length > SHORT) return writeAnyText(to, value);
  to.ensure(length + 2);
  const { buffer } = to;
  let at = to.size;
  buffer[at++] = QUOTE;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code < 32 || code > 126 || code === QUOTE || code === BACKSLASH) return writeAnyText(to, value);
    buffer[at++] = code;
  }
  buffer[at++] = QUOTE;
  to.size = at;
};

const writeAnyText = (to: Scratch, value: string): void => {
  if (!NEEDS_CARE.test(value)) return writeUtf8(to, `"${value}"`);
  if (LONE_SURROGATE.test(value)) throw new NotCanonical('a string holds half a surrogate pair');
  writeUtf8(to, JSON.stringify(value));
};

const writeUtf8 = (to: Scratch, text: string): void => {
  to.ensure(3 * text.length);
  to.size += utf8.encodeInto(text, to.buffer.subarray(to.size)).written;
};

const writeNumber = (to: Scratch, value: number): void => {
  if (!Number.isFinite(value)) throw new NotCanonical('a number is not finite');
  const text = String(value);
  to.ensure(text.length);
  const { buffer, size } = to;
  for (let i = 0; i < text.length; i++) buffer[size + i] = text.charCodeAt(i);
  to.size = size + text.length;
};

const writeList = (to: Scratch, items: readonly Plain[]): void => {
  byte(to, OPEN_LIST);
  for (let i = 0; i < items.length; i++) {
    if (items[i] === undefined) throw new NotCanonical('a list has a hole');
    if (i > 0) byte(to, COMMA);
    write(to, items[i]);
  }
  byte(to, CLOSE_LIST);
};

const writeShaped = (to: Scratch, object: PlainObject, { sorted, opening, further }: Shape): void => {
  let isFirst = true;
  for (let i = 0; i < sorted.length; i++) {
    const field = object[sorted[i]!];
    if (field === undefined) continue;
    bytes(to, isFirst ? opening[i]! : further[i]!);
    isFirst = false;
    write(to, field);
  }
  if (isFirst) byte(to, OPEN_OBJECT);
  byte(to, CLOSE_OBJECT);
};

const writeObject = (to: Scratch, object: PlainObject): void => {
  const keys = Object.keys(object);
  const shape = keys.length === 0 ? undefined : shapeOf(keys);
  if (shape) return writeShaped(to, object, shape);
  let mark = OPEN_OBJECT;
  for (const key of keys.sort()) {
    const field = object[key];
    if (field === undefined) continue;
    byte(to, mark);
    mark = COMMA;
    writeText(to, key);
    byte(to, COLON);
    write(to, field);
  }
  if (mark === OPEN_OBJECT) byte(to, OPEN_OBJECT);
  byte(to, CLOSE_OBJECT);
};

const write = (to: Scratch, value: Plain): void => {
  if (typeof value === 'string') writeText(to, value);
  else if (value === null) bytes(to, NULL);
  else if (typeof value === 'boolean') bytes(to, value ? TRUE : FALSE);
  else if (typeof value === 'number') writeNumber(to, value);
  else if (typeof value !== 'object') throw new NotCanonical(`a value is of type ${typeof value}`);
  else if (Array.isArray(value)) writeList(to, value as readonly Plain[]);
  else if (isPlain(value)) writeObject(to, value);
  else throw new NotCanonical('an object is not plain');
};

const fromUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

const scratch = new Scratch();

/**
 * One text for one JSON value (RFC 8785), as UTF-8: keys in UTF-16 order, numbers and escapes as ECMAScript writes them.
 * A member that is `undefined` is left out, as JSON does; anything else that JSON cannot hold is refused.
 * The bytes are the caller's until the next call alone.
 * @throws NotCanonical
 */
export const canonicalJsonBytes = (value: unknown): Uint8Array => {
  scratch.size = 0;
  write(scratch, value as Plain);
  return scratch.buffer.subarray(0, scratch.size);
};

/**
 * The same as a string.
 * @throws NotCanonical
 * @example canonicalJson({ b: 1, a: 'é' }) // {"a":"é","b":1}
 */
export const canonicalJson = (value: unknown): string => fromUtf8.decode(canonicalJsonBytes(value));
