type Part = string | number;

/** A keyset cursor as readers carry it: opaque, URL-safe. */
export const cursorOf = (...parts: readonly Part[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** Not one that `cursorOf` wrote, with that many parts. */
export class BadCursor extends Error {}

/** @throws BadCursor */
export const readCursor = (cursor: string, length: number): readonly Part[] => {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (Array.isArray(parts) && parts.length === length && parts.every((part) => typeof part === 'string' || typeof part === 'number'))
      return parts;
  } catch {
    // said below
  }
  throw new BadCursor('cursor: give back the one that came with the page before');
};
