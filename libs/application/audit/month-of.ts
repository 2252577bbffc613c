import type { Clock } from '#kernel/clock';
import type { Envelope } from '../dispatch/envelope';

/** `yyyy-mm`: ledgers begin anew each month (UTC), so that none grows without end. */
export const monthOf = (envelope: Envelope, clock: Clock): string => (envelope.at ?? clock.now()).slice(0, 7);
