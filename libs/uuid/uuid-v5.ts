import { hash } from 'node:crypto';

/** The digit that tells the variant: its first two bits are 10. */
const VARIANTS = '89ab';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** UUIDv5 (RFC 9562): the same namespace and name give the same id on any machine, so a repeat makes nothing twice. */
export const uuidV5 = (namespace: string, name: string): string => {
  const hashed = Buffer.allocUnsafe(3 * (namespace.length + name.length));
  const begin = UUID.test(namespace) ? hashed.write(namespace.replaceAll('-', ''), 'hex') : hashed.write(namespace);
  const hex = hash('sha1', hashed.subarray(0, begin + hashed.write(name, begin)), 'hex');
  const variant = VARIANTS[Number.parseInt(hex.charAt(16), 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
