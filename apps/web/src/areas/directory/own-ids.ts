import { queries } from '../../api/client';
import { useNetwork } from '../../session/session';

/** The ids of one's own offers and requests: nobody asks for their own (R7). */
export const useOwnIds = (): ReadonlySet<string> => {
  const { networkId, roles } = useNetwork();
  const { data } = queries.useQuery(
    'get',
    '/networks/{networkId}/members/me',
    { params: { path: { networkId }, query: { limit: 200 } } },
    { enabled: roles.includes('member') },
  );
  return new Set(data?.entries.map(({ id }) => id));
};
