import { queries } from '../../api/client';
import { useNetwork } from '../../session/session';

interface Entry {
  readonly id: string;
  readonly author: { readonly memberId: string } | null;
}

/** Whether an offer or a request is one's own: nobody asks for their own (R7). What one has just published is known by its author. */
export const useIsOwn = (): ((entry: Entry) => boolean) => {
  const { networkId, roles } = useNetwork();
  const { data } = queries.useQuery(
    'get',
    '/networks/{networkId}/members/me',
    { params: { path: { networkId }, query: { limit: 200 } } },
    { enabled: roles.includes('member') },
  );
  const ids = new Set(data?.entries.map(({ id }) => id));
  const ownId = data?.member?.memberId;
  return ({ id, author }) => ids.has(id) || (ownId !== undefined && author?.memberId === ownId);
};
