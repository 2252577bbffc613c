const LONE_SURROGATE = /\p{Surrogate}/u;

/** The value has no canonical JSON form. Names where, never what. */
export class NotCanonical extends Error {
  constructor(what: string) {
    super(`no canonical JSON: ${what}`);
    this.name = 'NotCanonical';
  }
}

const text = (value: string): string => {
  if (LONE_SURROGATE.test(value)) throw new NotCanonical('a string holds half a surrogate pair');
  return JSON.stringify(value);
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const members = (value: object): string => {
  if (!isPlain(value)) throw new NotCanonical('an object is not plain');
  let written = '';
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    written += `${written === '' ? '' : ','}${text(key)}:${canonicalJson(member)}`;
  }
  return `{${written}}`;
};

/**
 * One text for one JSON value (RFC 8785): keys in UTF-16 order, numbers and escapes as ECMAScript writes them.
 * A member that is `undefined` is left out, as JSON does; anything else that JSON cannot hold is refused.
 * @throws NotCanonical
 * @example canonicalJson({ b: 1, a: 'é' }) // {"a":"é","b":1}
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotCanonical('a number is not finite');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return members(value);
  throw new NotCanonical(`a value is of type ${typeof value}`);
};
