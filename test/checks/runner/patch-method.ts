/**
 * Puts `instead` in the place of a method, private ones too, for as long as this process lives: it is given the object, the original
 * method, and the arguments. The types are as the mutant sees them; one that no longer fits is told at once.
 */
export const patchMethod = <Self extends object, Given extends unknown[], Result>(
  of: { readonly prototype: object },
  name: string,
  instead: (self: Self, original: (...given: unknown[]) => Result, ...given: Given) => unknown,
): void => {
  // A private method has no type outside of its class.
  const methods = of.prototype as Record<string, ((this: Self, ...given: unknown[]) => Result) | undefined>;
  const original = methods[name];
  if (typeof original !== 'function') throw new Error(`there is no ${name} to plant a bug in any more`);
  methods[name] = function (...given) {
    return instead(this, (...more) => original.apply(this, more), ...(given as Given)) as Result;
  };
};
