import type { SavoirsEvent } from '#domain/catalogue';
import { event } from '#testing/example-event';
import { instant } from '#testing/commands';
import { exampleMeta, exampleStream } from '#testing/event-examples';
import { ana } from '#testing/people';
import type { Recorded } from '#kernel/message';
import { matchQueue, type QueueEvent, type QueueRow } from './match-queue.projection';

/** What waits after these events of one aggregate: who, why. */
const waits = (...events: readonly SavoirsEvent[]): readonly string[] => {
  let row: QueueRow | undefined;
  for (const [index, one] of events.entries()) {
    const recorded = { ...one, meta: exampleMeta(index + 1, { stream: exampleStream(one.type) }) } as Recorded<QueueEvent>;
    expect(one.type in matchQueue.handles).toBe(true);
    row = matchQueue.evolve(row, recorded, matchQueue.keys(recorded)[0]!).row ?? undefined;
  }
  return row?.waits.map(({ who, why }) => `${who}: ${why}`) ?? [];
};

describe('what waits', () => {
  const onBehalf = event('MembershipRequested', { memberId: ana, confirmBy: instant('2026-04-01T09:00:00Z') });
  const asked = event('ErasureRequested', { memberId: ana });

  it.each([
    [event('OfferContested'), event('OfferLapsed')],
    [event('OfferContested'), event('OfferWithdrawn')],
    [event('RequestContested'), event('RequestLapsed')],
    [event('RequestContested'), event('RequestMet')],
  ])('is no contest once its subject has ended (R14)', (contested, ended) => {
    expect(waits(contested)).toEqual(['facilitator: settle-contest', 'network-lead: case-overdue']);
    expect(waits(contested, ended)).toEqual([]);
  });

  it('is a risk for the network lead until it is resolved, and any other incident for a facilitator (§5)', () => {
    expect(waits(event('IncidentReported', { kind: 'risk' }), event('IncidentAssessed'))[0]).toBe('network-lead: resolve-incident');
    expect(waits(event('IncidentReported', { kind: 'behaviour' }), event('IncidentAssessed'))[0]).toBe('facilitator: resolve-incident');
  });

  it('is an entry on behalf until the person confirms, or says no (R6)', () => {
    expect(waits(onBehalf)).toEqual(['ana: confirm-entry']);
    expect(waits(onBehalf, event('MemberEnrolled', { memberId: ana }))).toEqual([]);
    expect(waits(onBehalf, event('MemberLeft', { memberId: ana }))).toEqual([]);
  });

  it('is an erasure asked for until a second person approves it, whatever the member does meanwhile (R19)', () => {
    const approve = 'data-protection-officer: approve-erasure';
    expect(waits(asked, event('MemberLeft', { memberId: ana }))).toEqual([approve]);
    expect(waits(asked, event('ErasureDeferred', { memberId: ana }))).toEqual([approve]);
    expect(waits(asked, event('ErasureApproved', { memberId: ana }), event('ErasureDeferred', { memberId: ana }))).toEqual([]);
  });

  it('keeps a no-show to be contested when the exchange is held, and when it is closed (§3)', () => {
    const reported = [event('ExchangeAgreed'), event('NoShowReported', { memberId: ana }), event('ExchangeHeld', { present: [] })];
    expect(waits(...reported)).toEqual(['ana: contest-no-show']);
    expect(waits(...reported, event('ExchangeClosed'))).toEqual(['ana: contest-no-show']);
  });
});
