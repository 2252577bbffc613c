import { useQueryClient } from '@tanstack/react-query';
import { queries } from '../../api/client';
import { useFeed } from '../../api/feed';
import { isPassing } from '../../api/problem';
import { useNetwork } from '../../session/session';
import { useAsOf } from './as-of';

const RISK = '/networks/{networkId}/risk' as const;

/** Every risk figure of the day that is looked at; the present ones move by themselves. */
export const useRisk = () => {
  const { networkId } = useNetwork();
  const { asOf } = useAsOf();
  const cache = useQueryClient();
  const asked = { params: { path: { networkId }, query: asOf === undefined ? {} : { asOf } } };
  // what came while nobody followed is told by no feed
  const found = queries.useQuery('get', RISK, asked, { placeholderData: (before) => before, staleTime: 0 });
  const { queryKey } = queries.queryOptions('get', RISK, asked);
  const following = useFeed(
    asOf === undefined ? `/networks/${networkId}/feeds/risk` : null,
    () => void cache.invalidateQueries({ queryKey }),
  );
  return { ...found, following };
};

const LONG = { tries: 150, everyMs: 2_000, staysMs: 600_000 };

/** The same figures month by month; where they are computed for the first time this is asked until they are there. */
export const useTrend = () => {
  const { networkId } = useNetwork();
  const { asOf } = useAsOf();
  return queries.useQuery(
    'get',
    '/networks/{networkId}/risk/trend',
    { params: { path: { networkId }, query: asOf === undefined ? {} : { asOf } } },
    {
      placeholderData: (before) => before,
      staleTime: LONG.staysMs,
      retry: (failures, fault) => failures < LONG.tries && isPassing(fault),
      retryDelay: LONG.everyMs,
    },
  );
};
