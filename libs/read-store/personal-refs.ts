/** The references to personal texts anywhere within a row. */
export const refsIn = (value: unknown): readonly string[] => {
  if (value === null || typeof value !== 'object') return [];
  if ('ref' in value && typeof value.ref === 'string') return [value.ref];
  return Object.values(value).flatMap(refsIn);
};

/** The same value with each reference replaced by its text; null where its author's data is erased. */
export const revealed = <T>(value: T, clear: ReadonlyMap<string, string>): T => {
  if (value === null || typeof value !== 'object') return value;
  if ('ref' in value && typeof value.ref === 'string') return (clear.get(value.ref) ?? null) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => revealed(one, clear)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, revealed(one, clear)])) as T;
};
