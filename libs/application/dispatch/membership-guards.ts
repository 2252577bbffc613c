import type { MemberId, NetworkId } from '#domain/ids';
import type { MemberState } from '#domain/member/member.state';
import type { Dispatcher, Guard } from './run-decider';
import type { ApplicationRefusal } from './refusals';

type Status = MemberState['status'];

const statusOf = async (dispatcher: Dispatcher, networkId: NetworkId, memberId: MemberId): Promise<Status> => {
  const { state, network } = await dispatcher.loadState('member', memberId);
  return network === networkId ? state.status : 'unknown';
};

/** R2: publishing again restores a suspended member, so only those who are not in the network, or no longer, may not. */
export const mayPublish =
  (dispatcher: Dispatcher, memberId: MemberId): Guard =>
  async ({ networkId }): Promise<ApplicationRefusal | null> => {
    const status = await statusOf(dispatcher, networkId, memberId);
    return PUBLISHERS.includes(status) ? null : { code: 'not-enrolled' };
  };

const PUBLISHERS: readonly Status[] = ['enrolled', 'in-grace', 'paused', 'suspended'];

/** R16: who is paused, suspended or gone is in no new proposal. Their own streams decide in the end (R11); this only spares a vain one. */
export const allAvailable =
  (dispatcher: Dispatcher, memberIds: readonly MemberId[]): Guard =>
  async ({ networkId }): Promise<ApplicationRefusal | null> => {
    const statuses = await Promise.all(memberIds.map((memberId) => statusOf(dispatcher, networkId, memberId)));
    return statuses.every((status) => AVAILABLE.includes(status)) ? null : { code: 'participant-not-available' };
  };

const AVAILABLE: readonly Status[] = ['enrolled', 'in-grace'];
