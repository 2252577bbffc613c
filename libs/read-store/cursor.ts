type Part = string | number;
type Kind = 'text' | 'number';
type Parts<Kinds extends readonly Kind[]> = { readonly [At in keyof Kinds]: Kinds[At] extends 'number' ? number : string };

/** A keyset cursor as readers carry it: opaque, URL-safe. */
export const cursorOf = (...parts: readonly Part[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** Not one that `cursorOf` wrote, with parts of these kinds. */
export class BadCursor extends Error {}

/** PostgreSQL has no text with NUL, and none that is no Unicode. */
const isText = (part: unknown): boolean => typeof part === 'string' && !/[\p{Cc}\p{Cs}]/u.test(part);
const fits = (part: unknown, kind: Kind | undefined): boolean => (kind === 'number' ? typeof part === 'number' : isText(part));

/** @throws BadCursor */
export const readCursor = <const Kinds extends readonly Kind[]>(cursor: string, kinds: Kinds): Parts<Kinds> => {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (Array.isArray(parts) && parts.length === kinds.length && parts.every((part, at) => fits(part, kinds[at])))
      return parts as unknown as Parts<Kinds>;
  } catch {
    // said below
  }
  throw new BadCursor('cursor: give back the one that came with the page before');
};
