import type { Instant } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { Folded, Projection } from '#kernel/projection';
import type { SavoirsEvent } from '#domain/catalogue';
import type { MemberId, NetworkId } from '#domain/ids';

type ExchangeType =
  | 'ExchangeAgreed'
  | 'ExchangeHeld'
  | 'ExchangeCancelled'
  | 'ExchangeInterrupted'
  | 'ExchangeClosed'
  | 'ExchangeDisputed'
  | 'DisputeSettled';
type IncidentType = 'IncidentReported' | 'IncidentResolved';
type MemberType = 'MemberLeft' | 'ErasureDeferred' | 'PersonalDataErased';
type Of<Type extends SavoirsEvent['type']> = Extract<SavoirsEvent, { type: Type }>;
type Fact<Type extends SavoirsEvent['type']> = Recorded<Of<Type>>;
export type KeptEvent = Of<ExchangeType | IncidentType | MemberType | 'RetentionApplied'>;

export type KeptKind = 'exchange' | 'incident' | 'member';

export interface KeptRow {
  readonly kind: KeptKind;
  readonly id: string;
  readonly networkId: NetworkId;
  /** Whose legal hold keeps it. */
  readonly people: readonly MemberId[];
  /** When it was over, the person left, or the last dispute after that was settled; null while it goes on. */
  readonly endedAt: Instant | null;
  /** Learners may say until then how they used it. */
  readonly followUpUntil: Instant | null;
  readonly disputed: boolean;
  /** Of a member: the end of the last legal hold. */
  readonly heldUntil: Instant | null;
  /** A run ended its texts; what was said since is kept anew. */
  readonly erasedAt: Instant | null;
}

const keyOf = (kind: KeptKind, id: string): string => `${kind}/${id}`;

const keys = ({ type, data }: Recorded<KeptEvent>): readonly string[] => {
  if (type === 'RetentionApplied')
    return [...data.exchangeIds.map((id) => keyOf('exchange', id)), ...data.incidentIds.map((id) => keyOf('incident', id))];
  if ('exchangeId' in data) return [keyOf('exchange', data.exchangeId)];
  return [('incidentId' in data && keyOf('incident', data.incidentId)) || keyOf('member', (data as { memberId: string }).memberId)];
};

const NEW = { endedAt: null, followUpUntil: null, disputed: false, heldUntil: null, erasedAt: null };

const onExchange = (row: KeptRow, { type, data, meta }: Exclude<Fact<ExchangeType>, { type: 'ExchangeAgreed' }>): KeptRow => {
  switch (type) {
    case 'ExchangeHeld':
      return { ...row, followUpUntil: data.followUpUntil };
    case 'ExchangeCancelled':
    case 'ExchangeInterrupted':
    case 'ExchangeClosed':
      return { ...row, endedAt: meta.occurredAt, erasedAt: null };
    case 'ExchangeDisputed':
      return { ...row, disputed: true };
    case 'DisputeSettled':
      return { ...row, disputed: false, endedAt: row.endedAt && meta.occurredAt, erasedAt: null };
  }
};

const onMember = (before: KeptRow | undefined, { type, data, meta }: Fact<MemberType>): KeptRow | null => {
  const { networkId, memberId } = data;
  const row: KeptRow = before ?? { ...NEW, kind: 'member', id: memberId, networkId, people: [memberId] };
  switch (type) {
    case 'MemberLeft':
      return { ...row, endedAt: meta.occurredAt };
    case 'ErasureDeferred':
      return { ...row, heldUntil: data.until };
    case 'PersonalDataErased':
      return null;
  }
};

const isNamed = (id: MemberId | null): id is MemberId => id !== null;

const rowAfter = (before: KeptRow | undefined, event: Recorded<KeptEvent>): KeptRow | null => {
  switch (event.type) {
    case 'ExchangeAgreed': {
      const { exchangeId, networkId, participants, mediatorId } = event.data;
      const people = [...participants.map(({ memberId }) => memberId), mediatorId].filter(isNamed);
      return { ...NEW, kind: 'exchange', id: exchangeId, networkId, people };
    }
    case 'IncidentReported': {
      const { incidentId, networkId, by, subject } = event.data;
      return { ...NEW, kind: 'incident', id: incidentId, networkId, people: [by, subject.memberId].filter(isNamed) };
    }
    case 'IncidentResolved':
      return before ? { ...before, endedAt: event.meta.occurredAt } : null;
    case 'RetentionApplied':
      return before ? { ...before, erasedAt: event.meta.occurredAt } : null;
    case 'MemberLeft':
    case 'ErasureDeferred':
    case 'PersonalDataErased':
      return onMember(before, event);
    default:
      return before ? onExchange(before, event) : null;
  }
};

/** What is kept of exchanges and incidents that are over, and of members who left: since when, and what keeps it from ending? (R19) */
export const keptTexts: Projection<KeptEvent, KeptRow> = {
  name: 'kept-texts',
  version: 1,
  handles: {
    ExchangeAgreed: true,
    ExchangeHeld: true,
    ExchangeCancelled: true,
    ExchangeInterrupted: true,
    ExchangeClosed: true,
    ExchangeDisputed: true,
    DisputeSettled: true,
    IncidentReported: true,
    IncidentResolved: true,
    MemberLeft: true,
    ErasureDeferred: true,
    PersonalDataErased: true,
    RetentionApplied: true,
  },
  keys,
  evolve: (before, event): Folded<KeptRow> => ({ row: rowAfter(before, event), evidence: [event.meta.eventId] }),
};
