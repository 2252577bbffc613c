import type { ExchangeId, IncidentId, MemberId, NetworkId, RetentionRunId } from '#domain/ids';
import type { RetentionEvent } from '#domain/retention/retention.events';
import { code, count, event, id, instant, list, nullable, record, type SchemasOf } from './schema-kit';

const ids = () => ({ networkId: id<NetworkId>(), runId: id<RetentionRunId>() });
const recordedElsewhere = { networkId: id<NetworkId>(), upTo: code(), erased: count() };

/** Written down by hand, and counted as one: which run, and of what, nobody said. */
const unnamed = ({ ledgerId: _, ...rest }: { readonly ledgerId: string }) => ({ ...rest, runId: null, kinds: null });

export const retentionSchemas: SchemasOf<RetentionEvent> = {
  RetentionRunStarted: event('A run begins to end what is kept for longer than the policy says (R19).', {
    ...ids(),
    by: nullable(id<MemberId>()),
    upTo: instant(),
    exchangeTextsMonths: count(),
    goneMembersMonths: count(),
  }),
  RetentionApplied: event('The keys and clear texts of these are gone: what they said reads as erased from here on (R19).', {
    ...ids(),
    exchangeIds: list(id<ExchangeId>()),
    incidentIds: list(id<IncidentId>()),
    memberIds: list(id<MemberId>()),
  }),
  RetentionRun: event(
    'A run is over: up to when it looked, and how much it ended.',
    {
      ...recordedElsewhere,
      runId: nullable(id<RetentionRunId>()),
      kinds: nullable(record({ exchanges: count(), incidents: count(), members: count() })),
    },
    [{ from: record({ ledgerId: code(), ...recordedElsewhere }), to: unnamed }],
  ),
};
