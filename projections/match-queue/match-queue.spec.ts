import type { SavoirsEvent } from '#domain/catalogue';
import { event } from '#testing/examples/example-event';
import { instant } from '#testing/commands';
import { eventExamples, exampleMeta, exampleStream } from '#testing/event-examples';
import { ana, bo, dia } from '#testing/people';
import type { Recorded } from '#kernel/message';
import { affairOf } from './affair';
import type { MatchRow } from './match.fold';
import { queueItemOf } from './match-queue.feed';
import { matchQueue, type QueueEvent, type QueueRow } from './match-queue.projection';

/** The row after these events of one aggregate. */
const folded = (...events: readonly SavoirsEvent[]): QueueRow | undefined => {
  let row: QueueRow | undefined;
  for (const [index, one] of events.entries()) {
    const recorded = { ...one, meta: exampleMeta(index + 1, { stream: exampleStream(one.type) }) } as Recorded<QueueEvent>;
    expect(one.type in matchQueue.handles).toBe(true);
    row = matchQueue.evolve(row, recorded, matchQueue.keys(recorded)[0]!).row ?? undefined;
  }
  return row;
};
/** What waits after them: who, why. */
const waits = (...events: readonly SavoirsEvent[]): readonly string[] =>
  folded(...events)?.waits.map(({ who, why }) => `${who}: ${why}`) ?? [];
const matchRow = (...events: readonly SavoirsEvent[]): MatchRow => folded(event('MatchProposed'), ...events) as MatchRow;

describe('what waits', () => {
  it('is a connection for its mediator and for each participant, from when it is planned (R9, case 15)', () => {
    const { mediatorId, start, place } = eventExamples.ConnectionPlanned;
    const row = matchRow(event('MatchOpened'), event('MatchConfirmed'), event('ConnectionPlanned'));
    expect(row).toMatchObject({ mediatorId, connection: { start, place } });
    const planned = row.waits.filter(({ since, from }) => from === since).map(({ who, why }) => `${who}: ${why}`);
    expect(planned).toEqual([`${mediatorId}: hold-connection`, 'ana: attend-connection', 'bo: attend-connection']);
  });

  it('is an agreement to be confirmed, whole as it was recorded, until the last has confirmed it (R9, case 16)', () => {
    const waived = event('MatchConfirmed', { connectionWaived: true });
    const recorded = event('AgreementReached', { recordedBy: bo, mediatorId: null, awaiting: [ana, dia] });
    const row = matchRow(event('MatchOpened'), waived, recorded, event('AgreementConfirmed', { memberId: dia, awaiting: [ana] }));
    expect(row.agreement).toEqual(eventExamples.AgreementReached.agreement);
    expect(row.waits.map(({ who, why }) => `${who}: ${why}`)).toEqual(['ana: confirm-agreement']);
  });

  it('tells who has accepted: who asked, who answered, and all once it is confirmed (§7, case 21)', () => {
    const opened = event('MatchOpened', { accepted: [ana] });
    const asked = event('MatchProposed', { origin: { kind: 'member', by: ana } });
    expect((folded(asked) as MatchRow).accepted).toEqual([ana]);
    expect(matchRow(opened).accepted).toEqual([ana]);
    expect(matchRow(opened, event('MatchAccepted', { memberId: bo })).accepted).toEqual([ana, bo]);
    expect(matchRow(event('MatchOpened', { accepted: [] }), event('MatchConfirmed')).accepted).toEqual([ana, bo]);
  });

  it('tells why it was proposed, by reference, to whom it may concern and in no feed (R7, R19)', () => {
    const reason = { ref: 'event-1#/reason' };
    const row = folded(event('MatchProposed', { reason }), event('MatchOpened', { accepted: [] })) as MatchRow;
    expect(affairOf(row, ana)).toMatchObject({ reason, others: [ana] });
    expect(JSON.stringify(queueItemOf(row))).not.toContain(reason.ref);
  });

  it('is told in a feed without the id of a learner who has not accepted (§7, case 21)', () => {
    const told = (row: QueueRow) => JSON.stringify(queueItemOf(row));
    const opened = matchRow(event('MatchOpened', { accepted: [ana] }));
    expect(told(opened)).not.toContain(`"${bo}"`);
    expect(queueItemOf(opened)).toMatchObject({ waits: [{ who: 'member', why: 'answer-match' }] });
    expect(told(matchRow(event('MatchOpened', { accepted: [bo] })))).toContain(`"${bo}"`);
  });

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

  it('keeps a no-show to be contested when the exchange is held, and when a dispute closes it (§3)', () => {
    const reported = [event('ExchangeAgreed'), event('NoShowReported', { memberId: ana }), event('ExchangeHeld', { present: [] })];
    const followUp = 'participants: follow-up';
    expect(waits(...reported)).toEqual(['ana: contest-no-show', 'participants: evaluate', followUp]);
    expect(waits(...reported, event('DisputeSettled', { outcome: 'closed' }))).toEqual(['ana: contest-no-show', followUp]);
  });
});
