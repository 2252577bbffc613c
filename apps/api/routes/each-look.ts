import { randomUUID } from 'node:crypto';
import type { CommandId } from '#kernel/id';
import type { Envelope } from '#application/dispatch/envelope';

/** Each look at personal data is a fact of its own (§7): no Idempotency-Key makes one of two. */
export const eachLook = ({ networkId, by }: Envelope): Envelope => ({ networkId, by, commandId: randomUUID() as CommandId });
