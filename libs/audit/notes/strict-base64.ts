/** RFC 4648, 4, with its padding, in its one form; null where the text is another. */
export const fromBase64 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
};

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
