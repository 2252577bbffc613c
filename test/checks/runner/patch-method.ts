/** A method as a mutant sees it: its name and types are the class's own business, so one that no longer fits is told at once. */
type Method = (this: never, ...given: never[]) => unknown;

/** Puts another method in the place of one, private ones too, for as long as this process lives. */
export const patchMethod = <Original extends Method>(
  of: { readonly prototype: object },
  name: string,
  make: (original: Original) => Method,
): void => {
  const prototype = of.prototype as Record<string, Method | undefined>;
  const original = prototype[name];
  if (typeof original !== 'function') throw new Error(`there is no ${name} to plant a bug in any more`);
  prototype[name] = make(original as Original);
};
