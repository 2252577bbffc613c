import { accept, refuse, type Decider, type Decision } from '#kernel/decider';
import type { CommandOf } from '../command';
import { isBlank } from '../content-rules';
import type { RuleId } from '../rule';
import type { Role } from '../vocabulary';
import type { AuditCommand } from './audit.commands';
import type { AuditEvent } from './audit.events';

/** A ledger has no lifecycle: each entry is a fact of its own, and only a repeated command id makes none (R22). */
export type AuditState = { readonly status: 'ledger' };

export type AuditRefusal =
  | { readonly code: 'not-allowed' }
  | { readonly code: 'motive-missing' }
  /** The ledger named is another network's. */
  | { readonly code: 'wrong-ledger' };

export const auditRefusalRules: Record<AuditRefusal['code'], RuleId | null> = {
  'not-allowed': null,
  'motive-missing': null,
  'wrong-ledger': 'R23',
};

type AuditDecision = Decision<AuditEvent, AuditRefusal>;
type AuditCommandOf<Type extends AuditCommand['type']> = CommandOf<AuditCommand, Type>;
type Purpose = AuditCommandOf<'RecordAccess'>['data']['purpose'];

/** Who may look for which purpose (§7); a member may export their own data. */
const looking: Record<Purpose, readonly Role[]> = {
  audit: ['auditor'],
  identity: ['auditor', 'data-protection-officer'],
  'access-request': ['data-protection-officer', 'member'],
  'hours-export': ['hr'],
};

const isOfNetwork = ({ data, network }: AuditCommand): boolean => data.ledgerId.startsWith(`${network.networkId}-`);

/** Each look-up is itself recorded, with a motive. */
const recordAccess = (command: AuditCommandOf<'RecordAccess'>): AuditDecision => {
  const { data, by, network } = command;
  if (!looking[data.purpose].includes(by.role)) return refuse({ code: 'not-allowed' });
  if (!isOfNetwork(command)) return refuse({ code: 'wrong-ledger' });
  if (isBlank(data.motive)) return refuse({ code: 'motive-missing' });
  return accept({ type: 'PersonalDataAccessed', data: { ...data, networkId: network.networkId, by: by.id } });
};

/** Operators act on the installation, beside all networks. */
const recordOperation = ({ data, by }: AuditCommandOf<'RecordOperation'>): AuditDecision => {
  if (by.role !== 'operator') return refuse({ code: 'not-allowed' });
  if (isBlank(data.reason)) return refuse({ code: 'motive-missing' });
  return accept({ type: 'OperatorActed', data: { ...data, operator: by.id } });
};

const evolve = (ledger: AuditState, event: AuditEvent): AuditState => {
  switch (event.type) {
    case 'PersonalDataAccessed':
    case 'RetentionRun':
    case 'OperatorActed':
      return ledger;
  }
};

const decide = (command: AuditCommand): AuditDecision => {
  switch (command.type) {
    case 'RecordAccess':
      return recordAccess(command);
    case 'RecordOperation':
      return recordOperation(command);
  }
};

export const auditDecider: Decider<AuditState, AuditCommand, AuditEvent, AuditRefusal> = {
  initial: { status: 'ledger' },
  evolve,
  decide,
};
