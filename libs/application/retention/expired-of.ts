import type { Instant, StreamName } from '#kernel/id';
import { courseOf } from '#domain/exchange/exchange.state';
import type { ExchangeId, IncidentId, MemberId, NetworkId } from '#domain/ids';
import { isHeld } from '#domain/member/erasing';
import { exchangeOverSince, incidentOverSince } from '#domain/retention/over-since';
import { isPastKeeping, type RetentionPeriods } from '#domain/retention/retention-periods';
import type { Expired } from '#domain/retention/retention.events';
import { streamNamed, type Dispatcher } from '../dispatch/run-decider';
import type { Ending } from '../erasure/destroy-texts';
import { exchangeStreamsOf } from '../erasure/exchange-streams-of';

/** By what a run judges: the policy's periods, up to when it looks, and the moment, for legal holds. */
interface Judging extends RetentionPeriods {
  readonly upTo: Instant;
  readonly at: Instant;
}

type Loading = Pick<Dispatcher, 'loadState'>;

export const isNothing = ({ exchangeIds, incidentIds, memberIds }: Expired): boolean =>
  exchangeIds.length + incidentIds.length + memberIds.length === 0;

/** Of what was found due, what may end now: judged from the log, where no legal hold and no dispute is overlooked (R19). */
export const expiredOf = async (dispatcher: Loading, found: Expired, judging: Judging): Promise<Expired> => {
  const holds = legalHolds(dispatcher, judging.at);
  return {
    exchangeIds: await those(found.exchangeIds, (id) => isExchangeExpired({ dispatcher, holds, judging }, id)),
    incidentIds: await those(found.incidentIds, (id) => isIncidentExpired({ dispatcher, holds, judging }, id)),
    memberIds: await those(found.memberIds, (id) => isMemberExpired({ dispatcher, holds, judging }, id)),
  };
};

const those = async <Id>(ids: readonly Id[], may: (id: Id) => Promise<boolean>): Promise<readonly Id[]> => {
  const kept: Id[] = [];
  for (const id of ids) if (await may(id)) kept.push(id);
  return kept;
};

type Holds = (memberId: MemberId) => Promise<boolean>;

interface Judge {
  readonly dispatcher: Loading;
  readonly holds: Holds;
  readonly judging: Judging;
}

/** Each member's stream is read once a step. */
const legalHolds = (dispatcher: Loading, at: Instant): Holds => {
  const known = new Map<MemberId, Promise<boolean>>();
  const read = async (memberId: MemberId): Promise<boolean> => {
    const { state } = await dispatcher.loadState('member', memberId);
    return state.status !== 'unknown' && isHeld(state, at);
  };
  return (memberId) => {
    const held = known.get(memberId) ?? read(memberId);
    known.set(memberId, held);
    return held;
  };
};

const isAnyHeld = async (holds: Holds, people: readonly (MemberId | null)[]): Promise<boolean> => {
  for (const memberId of people) if (memberId !== null && (await holds(memberId))) return true;
  return false;
};

const isExchangeExpired = async ({ dispatcher, holds, judging }: Judge, exchangeId: ExchangeId): Promise<boolean> => {
  const { state } = await dispatcher.loadState('exchange', exchangeId);
  const since = exchangeOverSince(state);
  if (state.status === 'unknown' || state.status === 'disputed' || since === null) return false;
  if (!isPastKeeping(since, judging.exchangeTextsMonths, judging.upTo)) return false;
  return !(await isAnyHeld(holds, [...state.everyone.map(({ memberId }) => memberId), state.mediatorId]));
};

const isIncidentExpired = async ({ dispatcher, holds, judging }: Judge, incidentId: IncidentId): Promise<boolean> => {
  const { state } = await dispatcher.loadState('incident', incidentId);
  const since = incidentOverSince(state);
  if (state.status === 'unknown' || since === null) return false;
  if (!isPastKeeping(since, judging.exchangeTextsMonths, judging.upTo)) return false;
  return !(await isAnyHeld(holds, [state.by, state.subject.memberId]));
};

/** Nor while an exchange of theirs is disputed: its texts would end with them. */
const isMemberExpired = async ({ dispatcher, holds, judging }: Judge, memberId: MemberId): Promise<boolean> => {
  const { state } = await dispatcher.loadState('member', memberId);
  if (state.status !== 'left' || state.leftAt === null) return false;
  if (!isPastKeeping(state.leftAt, judging.goneMembersMonths, judging.upTo) || (await holds(memberId))) return false;
  for (const stream of await exchangeStreamsOf(dispatcher, memberId)) {
    const { state: exchange } = await dispatcher.loadState('exchange', stream.slice('exchange-'.length));
    if (exchange.status === 'disputed') return false;
  }
  return true;
};

/** The streams whose texts end: an exchange's own, that of the match where it was agreed, an incident's, and those of gone members' exchanges. */
export const endingOf = async (dispatcher: Loading, network: NetworkId, expired: Expired): Promise<Ending> => {
  const streams = new Set<StreamName>(expired.incidentIds.map((id) => streamNamed('incident', id)));
  for (const exchangeId of expired.exchangeIds) {
    const { state } = await dispatcher.loadState('exchange', exchangeId);
    streams.add(streamNamed('exchange', exchangeId));
    if (state.status !== 'unknown') streams.add(streamNamed('match', courseOf(state).matchId));
  }
  for (const memberId of expired.memberIds) for (const stream of await exchangeStreamsOf(dispatcher, memberId)) streams.add(stream);
  return { network, members: expired.memberIds, streams: [...streams] };
};
