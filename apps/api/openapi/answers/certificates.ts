import type { Schema } from '../checked-schemas';
import { id, orNull, shape, text, told, whole } from './shapes';

const certificate = shape({
  name: text,
  version: whole,
  event: told(orNull(id), 'The last event that counts; null before the first'),
  ordinal: told(whole, 'How many events the log has up to it'),
  rows: whole,
  parked: told(whole, 'Events that are set aside, and so are in no row'),
  hash: told(text, 'SHA-256, in hex'),
});

/** What a certificate is, by operation. */
export const certificates: Readonly<Record<string, Schema>> = {
  'Certificates.certificate': shape({ certificate, line: told(text, 'The same as one line, as the command line writes it') }),
};
