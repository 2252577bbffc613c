type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain | undefined };

const write = (value: Plain): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Plain[]).map((one) => write(one ?? null)).join(',')}]`;
  const object = value as { readonly [key: string]: Plain | undefined };
  const parts: string[] = [];
  for (const key of Object.keys(object).sort()) {
    const field = object[key];
    if (field !== undefined) parts.push(`${JSON.stringify(key)}:${write(field)}`);
  }
  return `{${parts.join(',')}}`;
};

/**
 * A row as canonical JSON (RFC 8785: keys in UTF-16 order, no space), so that equal rows are equal bytes.
 * @throws TypeError where the value is not plain JSON (a number that is no number, a date, a function)
 */
export const canonicalRow = (row: unknown): string => {
  refuseOther(row);
  return write(row as Plain);
};

const refuseOther = (value: unknown): void => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || value === undefined) return;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return;
  } else if (Array.isArray(value)) return value.forEach(refuseOther);
  else if (typeof value === 'object' && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)) {
    for (const field of Object.values(value)) refuseOther(field);
    return;
  }
  throw new TypeError('a row holds plain JSON values only');
};
