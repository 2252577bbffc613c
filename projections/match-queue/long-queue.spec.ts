import type { IncidentId } from '#domain/ids';
import type { StreamName } from '#kernel/id';
import { lyon } from '#testing/network-facts';
import { projected, type Projected } from '#testing/projected';
import { instant, storyteller } from '#testing/histories/story';
import { ReadMatchQueue, ReadMatchQueueHandler } from './match-queue.queries';
import { matchQueueModel } from './match-queue.table';

/** Three rows of what is read in one go. */
const INCIDENTS = 1_300;
const MINUTE = 60_000;
const incidentId = (index: number) => `0192f0c1-0000-7000-8000-${String(index).padStart(12, '0')}` as IncidentId;
/** Several at one moment. */
const reportedAt = (index: number): string => instant(new Date(Date.UTC(2026, 2, 1) + Math.floor(index / 3) * MINUTE).toISOString());
/** Every fourth waits for something newer, beside something as old as it is itself. */
const assessedAt = (index: number): string | null =>
  index % 4 === 0 ? instant(new Date(Date.UTC(2026, 2, 1, 6) + index * 10 * MINUTE).toISOString()) : null;

describe('a queue of more than is read in one go', () => {
  let tables: Projected;

  beforeAll(async () => {
    const { told, events } = storyteller();
    const settleBy = instant('2026-03-02');
    const numbers = Array.from({ length: INCIDENTS }, (_, index) => index);
    for (const index of numbers)
      told('IncidentReported', { incidentId: incidentId(index), networkId: lyon, kind: 'behaviour', settleBy }, { on: reportedAt(index) });
    for (const index of numbers)
      if (assessedAt(index)) told('IncidentAssessed', { incidentId: incidentId(index), networkId: lyon }, { on: assessedAt(index)! });
    tables = await projected(
      [matchQueueModel],
      events.map((event) => {
        const stream = `incident-${(event.data as { incidentId: string }).incidentId}` as StreamName;
        return { ...event, meta: { ...event.meta, stream } };
      }),
    );
  }, 60_000);
  afterAll(() => tables.end());

  it('comes longest first on all pages, whatever else waits in the same row (§3)', async () => {
    const lines: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = { now: instant('2026-06-01'), limit: 150, allScoreParts: true, ...(cursor === undefined ? {} : { cursor }) };
      const { items, next } = await new ReadMatchQueueHandler(tables.store).execute(new ReadMatchQueue(lyon, {}, page));
      lines.push(...items.map(({ since, id, why }) => `${since} ${id} ${why}`));
      if (next === null) break;
      cursor = next;
    }
    const expected = Array.from({ length: INCIDENTS }, (_, index) => [
      `${assessedAt(index) ?? reportedAt(index)} ${incidentId(index)} ${assessedAt(index) ? 'resolve' : 'assess'}-incident`,
      `${reportedAt(index)} ${incidentId(index)} case-overdue`,
    ]).flat();
    expect(lines.map((line) => line.slice(0, 61))).toEqual(expected.map((line) => line.slice(0, 61)).sort());
    expect([...lines].sort()).toEqual([...expected].sort());
  });
});
