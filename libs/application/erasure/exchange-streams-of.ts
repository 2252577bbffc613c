import type { StreamName } from '#kernel/id';
import type { MatchId, MemberId } from '#domain/ids';
import { takesPart } from '#domain/match/match.state';
import { streamNamed, type Dispatcher } from '../dispatch/run-decider';

/**
 * The streams of every exchange in which a member has, or had, a place: read from the log, where no read model can be late. A member's
 * own stream names each match that it was ever asked to reserve for (R11), and a match that was agreed names its exchange.
 */
export const exchangeStreamsOf = async (dispatcher: Pick<Dispatcher, 'loadState'>, memberId: MemberId): Promise<readonly StreamName[]> => {
  const { state: member } = await dispatcher.loadState('member', memberId);
  const streams: StreamName[] = [];
  for (const matchId of member.answered) streams.push(...(await exchangeOf(dispatcher, matchId, memberId)));
  return streams;
};

const exchangeOf = async (
  dispatcher: Pick<Dispatcher, 'loadState'>,
  matchId: MatchId,
  memberId: MemberId,
): Promise<readonly StreamName[]> => {
  const { state: match } = await dispatcher.loadState('match', matchId);
  const opened = match.status === 'agreed' || match.status === 'awaiting-confirmation';
  return opened && takesPart(match, memberId) ? [streamNamed('exchange', match.exchangeId)] : [];
};
