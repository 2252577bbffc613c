/** A class, as far as a planted bug knows it. */
interface Spoilable {
  readonly prototype: object;
}

/** Puts another method in the place of one, private ones too: a planted bug knows what it spoils. */
export const spoiled = <Method extends (...given: never[]) => unknown>(
  of: Spoilable,
  name: string,
  other: (method: Method) => (this: never, ...given: never[]) => unknown,
): void => {
  const inside = of.prototype as Record<string, unknown>;
  const method = inside[name];
  if (typeof method !== 'function') throw new Error(`there is no ${name} to spoil any more`);
  inside[name] = other(method as Method);
};
