import type { Instant } from '#kernel/id';
import type { DomainEvent, Personal } from '#kernel/message';
import type { ExchangeId, IncidentId, MemberId, NetworkId } from '../ids';

export type IncidentKind = 'confidentiality' | 'behaviour' | 'content' | 'risk';
/** What it is about, by id; `indicator` is a row of §5 and names a kind `risk`. */
export interface IncidentSubject {
  readonly exchangeId: ExchangeId | null;
  readonly memberId: MemberId | null;
  readonly indicator: string | null;
}

type Ids = { incidentId: IncidentId; networkId: NetworkId };

export type IncidentEvent =
  | DomainEvent<
      'IncidentReported',
      Ids & { kind: IncidentKind; subject: IncidentSubject; by: MemberId | null; text: Personal | null; settleBy: Instant }
    >
  | DomainEvent<'IncidentAssessed', Ids & { by: MemberId; action: Personal }>
  | DomainEvent<'IncidentResolved', Ids & { by: MemberId; text: Personal }>;
