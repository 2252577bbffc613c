import { deciders, streamOf } from './deciders';
import type { SentCommand } from './catalogue';
import type { ExchangeId, IncidentId, MatchId, MemberId, NetworkId, OfferId, RequestId, RetentionRunId } from './ids';
import { refusalRules } from './refusal-rules';

describe('the stream of a command', () => {
  const orders: readonly (readonly [string, SentCommand])[] = [
    ['network-lyon', { type: 'ChangePolicy', data: { networkId: 'lyon' as NetworkId, changes: {} } }],
    ['member-ana', { type: 'AskForErasure', data: { memberId: 'ana' as MemberId } }],
    ['offer-o1', { type: 'PublishOffer', data: { offerId: 'o1' as OfferId, memberId: 'ana' as MemberId, content: null } }],
    ['request-r1', { type: 'ReopenRequest', data: { requestId: 'r1' as RequestId, matchId: 'm1' as MatchId } }],
    ['match-m1', { type: 'AcceptMatch', data: { matchId: 'm1' as MatchId, memberId: 'bo' as MemberId } }],
    ['exchange-e1', { type: 'ConfirmHeld', data: { exchangeId: 'e1' as ExchangeId } }],
    ['incident-i1', { type: 'ResolveIncident', data: { incidentId: 'i1' as IncidentId, text: 'Fait' } }],
    [
      'audit-lyon-2026-03',
      {
        type: 'RecordAccess',
        data: {
          ledgerId: 'lyon-2026-03',
          subject: 'exchange-e1',
          purpose: 'audit',
          route: 'savoirs audit exchange',
          motive: 'Contrôle annuel',
        },
      },
    ],
    ['retention-lyon', { type: 'EndRetentionRun', data: { networkId: 'lyon' as NetworkId, runId: 'run-1' as RetentionRunId } }],
    ['operations-2026-03', { type: 'RecordOperation', data: { ledgerId: '2026-03', action: 'pause', target: 'risk', reason: 'Test' } }],
  ];

  it.each(orders)('is %s, named by an opaque id (R19)', (stream, order) => {
    expect(streamOf(order)).toBe(stream);
    expect(Object.keys(deciders)).toContain(stream.split('-')[0]);
  });
});

describe('refusals', () => {
  it('name the rule that they enforce, or none', () => {
    for (const rule of Object.values(refusalRules)) expect(rule === null || /^R([1-9]|1\d|2[0-4])$/.test(rule)).toBe(true);
    expect(refusalRules['offer-and-request-needed']).toBe('R1');
  });
});
