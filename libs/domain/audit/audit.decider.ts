import { accept, refuse, type Decider, type Decision } from '#kernel/decider';
import { FIRST_INSTANT } from '#kernel/instant';
import type { CommandOf } from '../command';
import { isBlank } from '../content-rules';
import { dateRefusal, dateRefusalRules, type DateRefusal } from '../date-range';
import type { RuleId } from '../rule';
import type { Role } from '../vocabulary';
import type { AuditCommand } from './audit.commands';
import type { AuditEvent } from './audit.events';

/** A ledger has no lifecycle: each entry is a fact of its own, and only a repeated command id makes none (R22). */
export type AuditState = { readonly status: 'ledger' };

export type AuditRefusal =
  | DateRefusal
  | { readonly code: 'not-allowed' }
  | { readonly code: 'motive-missing' }
  /** The ledger named is another network's. */
  | { readonly code: 'wrong-ledger' };

export const auditRefusalRules: Record<AuditRefusal['code'], RuleId | null> = {
  ...dateRefusalRules,
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

const recordRetention = (command: AuditCommandOf<'RecordRetention'>): AuditDecision => {
  const { data, by, at, network } = command;
  if (by.role !== 'data-protection-officer' && by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (!isOfNetwork(command)) return refuse({ code: 'wrong-ledger' });
  // What is kept for years ends before the network began: only the future cannot have been judged.
  const refusal = dateRefusal('upTo', data.upTo, { from: FIRST_INSTANT, to: at });
  if (refusal) return refuse(refusal);
  return accept({ type: 'RetentionRun', data: { ...data, networkId: network.networkId } });
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
    case 'RecordRetention':
      return recordRetention(command);
    case 'RecordOperation':
      return recordOperation(command);
  }
};

export const auditDecider: Decider<AuditState, AuditCommand, AuditEvent, AuditRefusal> = {
  initial: { status: 'ledger' },
  evolve,
  decide,
};
