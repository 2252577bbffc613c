import type { Instant } from '#kernel/id';
import type { Projection } from '#kernel/projection';
import type { DataOf } from '#kernel/message';
import type { MemberId, NetworkId } from '#domain/ids';
import type { MemberEvent } from '#domain/member/member.events';

export type ErasureEvent = Extract<
  MemberEvent,
  { type: 'ErasureRequested' | 'ErasureApproved' | 'ErasureDeferred' | 'PersonalDataErased' }
>;

interface Step {
  readonly at: Instant;
  readonly by: MemberId;
}

export interface ErasureRow {
  readonly networkId: NetworkId;
  readonly memberId: MemberId;
  /** Null for an entry on behalf that nobody confirmed (R6): nobody asked. */
  readonly asked: Step | null;
  readonly approved: Step | null;
  /** The last legal hold, over or not: a fold knows no time. */
  readonly held: (Step & { readonly until: Instant }) | null;
  readonly erased: { readonly at: Instant; readonly ground: DataOf<ErasureEvent, 'PersonalDataErased'>['ground'] } | null;
}

const NOTHING = { asked: null, approved: null, held: null, erased: null };

/** Which erasures were asked for, by whom, who approved, until when is one held, and which were done? (R19) */
export const erasures: Projection<ErasureEvent, ErasureRow> = {
  name: 'erasures',
  version: 1,
  handles: { ErasureRequested: true, ErasureApproved: true, ErasureDeferred: true, PersonalDataErased: true },
  keys: ({ data }) => [data.memberId],
  evolve: (before, { type, data, meta }) => {
    const { networkId, memberId } = data;
    const at = meta.occurredAt;
    const row = before ?? { networkId, memberId, ...NOTHING };
    const evidence = [meta.eventId];
    switch (type) {
      case 'ErasureRequested':
        return { row: { ...row, asked: { at, by: data.by } }, evidence };
      case 'ErasureApproved':
        return { row: { ...row, approved: { at, by: data.by } }, evidence };
      case 'ErasureDeferred':
        return { row: { ...row, held: { at, by: data.by, until: data.until } }, evidence };
      case 'PersonalDataErased':
        return { row: { ...row, erased: { at, ground: data.ground } }, evidence };
    }
  },
};
