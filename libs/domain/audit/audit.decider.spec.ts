import { command } from '#testing/commands';
import { specifying } from '#testing/given-when-then';
import { lyon } from '#testing/network-facts';
import { acting, asDataProtectionOfficer, asFacilitator, asMember, asNetworkLead, bo, person, system } from '#testing/people';
import type { DataOf } from '#kernel/message';
import type { AuditCommand } from './audit.commands';
import { auditDecider } from './audit.decider';
import type { AuditEvent } from './audit.events';

const ledger = specifying(auditDecider);
const ledgerId = 'lyon-2026-03';
const auditor = acting(person('rose'), 'auditor');
const operator = acting(person('sam'), 'operator');
const hr = acting(person('tom'), 'hr');
type Access = DataOf<AuditCommand, 'RecordAccess'>;

const look: Access = {
  ledgerId,
  subject: 'exchange-exchange-1',
  purpose: 'audit',
  route: 'savoirs audit exchange',
  motive: 'Contrôle annuel',
};
const record = (by = auditor, changes: Partial<Access> = {}) => command('RecordAccess', { ...look, ...changes }, by);
const accessed: AuditEvent = { type: 'PersonalDataAccessed', data: { ...look, networkId: lyon, by: auditor.id } };

describe('a look at personal data', () => {
  it('is itself recorded, with a motive, each time anew', () => {
    ledger.given().when(record()).then(accessed);
    ledger.given(accessed).when(record()).then(accessed);
    ledger
      .given()
      .when(record(auditor, { motive: ' ' }))
      .thenRefused('motive-missing');
  });

  it('belongs to a role by its purpose', () => {
    const allowed = [
      [auditor, 'identity'],
      [asDataProtectionOfficer(), 'identity'],
      [asDataProtectionOfficer(), 'access-request'],
      [asMember(bo), 'access-request'],
      [hr, 'hours-export'],
    ] as const;
    for (const [by, purpose] of allowed) expect(ledger.given().when(record(by, { purpose })).decision.kind).toBe('accepted');
    const refused = [
      [hr, 'audit'],
      [asFacilitator(), 'identity'],
      [asNetworkLead(), 'audit'],
      [auditor, 'hours-export'],
      [operator, 'identity'],
      [system, 'audit'],
    ] as const;
    for (const [by, purpose] of refused) ledger.given().when(record(by, { purpose })).thenRefused('not-allowed');
  });

  it('is written in the ledger of its own network (R23)', () => {
    ledger
      .given()
      .when(record(auditor, { ledgerId: 'lille-2026-03' }))
      .thenRefused('wrong-ledger');
  });
});

describe('what an operator does', () => {
  const data = { ledgerId: '2026-03', action: 'rebuild', target: 'directory', reason: 'Version nouvelle' };

  it('is recorded beside all networks, with a reason', () => {
    ledger
      .given()
      .when(command('RecordOperation', data, operator))
      .then({ type: 'OperatorActed', data: { ...data, operator: operator.id } });
    ledger
      .given()
      .when(command('RecordOperation', data, asNetworkLead()))
      .thenRefused('not-allowed');
    ledger
      .given()
      .when(command('RecordOperation', { ...data, reason: '' }, operator))
      .thenRefused('motive-missing');
  });
});
