import type { paths } from '../api/generated/schema';
import { queries } from '../api/client';
import { useNetwork } from '../session/session';

type OwnPage = paths['/networks/{networkId}/members/me']['get']['responses'][200]['content']['application/json'];
export type OwnMember = NonNullable<OwnPage['member']>;

/** Who one is in this network. */
export const useOwnMember = (): { readonly member: OwnMember | null; readonly isPending: boolean; readonly error: unknown } => {
  const { networkId, roles } = useNetwork();
  const { data, isPending, error } = queries.useQuery(
    'get',
    '/networks/{networkId}/members/me',
    { params: { path: { networkId }, query: { limit: 1 } } },
    { enabled: roles.includes('member') },
  );
  return { member: data?.member ?? null, isPending, error };
};

/** What waits for oneself about one thing: `waits('evaluate')`. */
export const useWaiting = (id: string, ownId: string | undefined): ((why: string) => boolean) => {
  const { networkId } = useNetwork();
  const { data } = queries.useQuery('get', '/networks/{networkId}/match-queue', { params: { path: { networkId }, query: { limit: 200 } } });
  return (why) => data?.items.some((item) => item.id === id && item.why === why && item.who === ownId) === true;
};
