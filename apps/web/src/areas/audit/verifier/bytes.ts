export type Bytes = Uint8Array<ArrayBuffer>;

export const joined = (...parts: readonly Bytes[]): Bytes => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

export const utf8 = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text));

/** Null where the bytes are not UTF-8: nothing is mended. */
export const textOf = (bytes: Bytes): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

export const sha256 = async (...parts: readonly Bytes[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));

export const toHex = (bytes: Bytes): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const fromHex = (hex: string): Bytes => Uint8Array.from(hex.match(/../g) ?? [], (digits) => parseInt(digits, 16));

/** RFC 4648, 4, with its padding, in its one form; null where the text is another. */
export const fromBase64 = (text: string): Bytes | null => {
  try {
    const binary = atob(text);
    return btoa(binary) === text ? Uint8Array.from(binary, (character) => character.charCodeAt(0)) : null;
  } catch {
    return null;
  }
};

const HASH_BYTES = 32;

/** A hash in base64, or null. */
export const hashIn = (text: string): Bytes | null => {
  const bytes = fromBase64(text);
  return bytes?.length === HASH_BYTES ? bytes : null;
};

export const isSame = (one: Bytes, other: Bytes): boolean => one.length === other.length && one.every((byte, at) => byte === other[at]);
