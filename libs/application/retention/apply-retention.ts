import type { CommandId } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import type { RetentionCommand } from '#domain/retention/retention.commands';
import { samePeriods } from '#domain/retention/retention-periods';
import { idFrom } from '../dispatch/derived-ids';
import type { Envelope } from '../dispatch/envelope';
import type { NetworkFactsSource } from '../dispatch/network-facts';
import type { Outcome } from '../dispatch/outcome';
import { destroyThen, type ErasureParts } from '../erasure/destroy-texts';
import { endingOf, expiredOf, isNothing } from './expired-of';

export type ApplyData = DataOf<RetentionCommand, 'ApplyRetention'>;

interface RetentionParts extends ErasureParts {
  readonly facts: NetworkFactsSource;
}

/**
 * One step of a run: what a read model found due is judged anew from the log, destroyed as by an erasure, and recorded last. The run is
 * over where nothing is left that may end, or the policy is no more what was approved. Until a step is recorded it answers as done without
 * the event, and the run's process gives the next one.
 */
export const createRetention =
  (parts: RetentionParts) =>
  async (data: ApplyData, envelope: Envelope): Promise<Outcome> => {
    const { dispatcher, facts } = parts;
    const { networkId, runId } = data;
    const [{ state }, network] = await Promise.all([dispatcher.loadState('retention', networkId), facts.of(networkId)]);
    const { running, approved } = state;
    const isApproved = approved !== null && network !== null && samePeriods(approved, network.policy);
    const at = envelope.at ?? parts.clock.now();
    const expired = running && isApproved ? await expiredOf(dispatcher, data, { ...approved, upTo: running.upTo, at }) : null;
    if (expired === null || isNothing(expired))
      return dispatcher.dispatch({ type: 'EndRetentionRun', data: { networkId, runId } }, envelope);
    const ending = await endingOf(dispatcher, networkId, expired);
    return destroyThen(
      parts,
      async () => ending,
      () => record(parts, { networkId, runId, ...expired }, envelope),
    );
  };

/** The run first: it counts each once, however often this is tried; a member stays due until their own stream says so, too. */
const record = async ({ dispatcher }: RetentionParts, data: ApplyData, envelope: Envelope): Promise<Outcome> => {
  const applied = await dispatcher.dispatch({ type: 'ApplyRetention', data }, envelope);
  if (applied.outcome !== 'done') return applied;
  for (const memberId of data.memberIds) {
    const commandId = idFrom<CommandId>(envelope.commandId, memberId);
    const order = { type: 'ErasePersonalData', data: { memberId, ground: 'retention' } } as const;
    const outcome = await dispatcher.dispatch(order, { ...envelope, commandId });
    if (outcome.outcome === 'unknown') return { outcome: 'unknown', commandId: envelope.commandId };
  }
  return applied;
};
