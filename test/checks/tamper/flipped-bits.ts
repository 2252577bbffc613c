import type { StoredEvent } from '#event-store/log.port';
import type { SignedLog } from './signed-log';
import type { Subject, TamperFinding } from './subject';

const TEXTS = ['stream', 'eventId', 'type', 'meta', 'data'] as const;
const NUMBERS = ['revision', 'version'] as const;
const BITS = 31;

/** Every event that differs from this one by one bit of one field; a byte that is no UTF-8 any more reads as U+FFFD, as a store gives it. */
export function* oneBitOff(event: StoredEvent): Generator<{ readonly field: string; readonly altered: StoredEvent }> {
  for (const field of TEXTS) {
    const bytes = Buffer.from(event[field]);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      yield { field: `${field}, bit ${bit}`, altered: { ...event, [field]: bytes.toString() } };
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
  }
  for (const field of NUMBERS)
    for (let bit = 0; bit < BITS; bit += 1)
      yield { field: `${field}, bit ${bit}`, altered: { ...event, [field]: event[field] ^ (1 << bit) } };
}

/** The comparison that a check makes of each event, for every bit of a log. */
export const flippedBits = (
  { leafHashOf }: Subject,
  { events }: SignedLog,
): { readonly flips: number; readonly findings: TamperFinding[] } => {
  const findings: TamperFinding[] = [];
  let flips = 0;
  for (const [n, event] of events.entries()) {
    const inTree = leafHashOf(event, n + 1);
    for (const { field, altered } of oneBitOff(event)) {
      flips += 1;
      if (leafHashOf(altered, n + 1).equals(inTree)) findings.push({ count: 'undetected', what: `event ${n + 1}, ${field}` });
    }
  }
  return { flips, findings };
};
