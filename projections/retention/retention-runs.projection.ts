import type { Instant } from '#kernel/id';
import type { Projection } from '#kernel/projection';
import type { MemberId, NetworkId, RetentionRunId } from '#domain/ids';
import type { ExpiredCounts, RetentionEvent } from '#domain/retention/retention.events';
import { periodsOf, type RetentionPeriods } from '#domain/retention/retention-periods';

export interface RetentionRunRow {
  readonly networkId: NetworkId;
  /** Null of one that was done elsewhere, and written down. */
  readonly runId: RetentionRunId | null;
  readonly startedAt: Instant;
  /** Null: the clock. */
  readonly by: MemberId | null;
  readonly upTo: string;
  readonly periods: RetentionPeriods | null;
  readonly erased: number;
  readonly kinds: ExpiredCounts | null;
  readonly endedAt: Instant | null;
}

const NONE: ExpiredCounts = { exchanges: 0, incidents: 0, members: 0 };

/** Which retention runs were there, when, by which policy, and what did each end? (R19) */
export const retentionRuns: Projection<RetentionEvent, RetentionRunRow> = {
  name: 'retention-runs',
  version: 1,
  handles: { RetentionRunStarted: true, RetentionApplied: true, RetentionRun: true },
  keys: ({ data, meta }) => [data.runId ?? meta.eventId],
  evolve: (before, { type, data, meta }) => {
    const evidence = [meta.eventId];
    const { networkId, runId } = data;
    const row = before ?? {
      ...{ networkId, runId, startedAt: meta.occurredAt, by: null, upTo: meta.occurredAt, periods: null },
      ...{ erased: 0, kinds: NONE, endedAt: null },
    };
    switch (type) {
      case 'RetentionRunStarted':
        return { row: { ...row, by: data.by, upTo: data.upTo, periods: periodsOf(data) }, evidence };
      case 'RetentionApplied': {
        const { exchanges, incidents, members } = row.kinds ?? NONE;
        const kinds = {
          exchanges: exchanges + data.exchangeIds.length,
          incidents: incidents + data.incidentIds.length,
          members: members + data.memberIds.length,
        };
        return { row: { ...row, kinds, erased: kinds.exchanges + kinds.incidents + kinds.members }, evidence };
      }
      case 'RetentionRun':
        return { row: { ...row, upTo: data.upTo, erased: data.erased, kinds: data.kinds, endedAt: meta.occurredAt }, evidence };
    }
  },
};
