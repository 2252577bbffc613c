import type { Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { AuditEvent } from '#domain/audit/audit.events';
import type { MemberId, NetworkId } from '#domain/ids';
import type { Role } from '#domain/vocabulary';

export type AccessEvent = Extract<AuditEvent, { type: 'PersonalDataAccessed' }>;

/** One access to personal data. The motive is its author's, and stays in the event. */
export interface AccessRow {
  readonly networkId: NetworkId;
  /** Stream name or list looked at. */
  readonly subject: string;
  readonly purpose: DataOf<AccessEvent, 'PersonalDataAccessed'>['purpose'];
  /** By which way; null for one from before that was recorded. */
  readonly route: string | null;
  readonly by: MemberId;
  readonly role: Role;
  readonly at: Instant;
}

/** Who looked at what, and for which purpose? For those whom it was about (§7). */
export const accesses: Projection<AccessEvent, AccessRow> = {
  name: 'accesses',
  version: 2,
  handles: { PersonalDataAccessed: true },
  keys: ({ meta }) => [meta.eventId],
  evolve: (_, { data: { networkId, subject, purpose, route, by }, meta }) => ({
    // Roles of the domain are all that an actor may have.
    row: { networkId, subject, purpose, route, by, role: meta.actor.role as Role, at: meta.recordedAt },
    evidence: [meta.eventId],
  }),
};
