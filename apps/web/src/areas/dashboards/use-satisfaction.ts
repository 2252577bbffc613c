import { useQueryClient } from '@tanstack/react-query';
import { queries } from '../../api/client';
import { useFeed } from '../../api/feed';
import { languageNow } from '../../i18n/language';
import { useNetwork } from '../../session/session';
import { useAsOf } from './as-of';
import type { Dimension } from './dashboards-search';

const SATISFACTION = '/networks/{networkId}/satisfaction' as const;

export const useSatisfaction = (by: Dimension) => {
  const { networkId } = useNetwork();
  const { asOf } = useAsOf();
  const cache = useQueryClient();
  const asked = {
    params: { path: { networkId }, header: { 'Accept-Language': languageNow() }, query: asOf === undefined ? { by } : { by, asOf } },
  };
  const found = queries.useQuery('get', SATISFACTION, asked, { staleTime: 0 });
  const { queryKey } = queries.queryOptions('get', SATISFACTION, asked);
  const following = useFeed(
    asOf === undefined ? `/networks/${networkId}/feeds/satisfaction?by=${by}` : null,
    () => void cache.invalidateQueries({ queryKey }),
  );
  return { ...found, following };
};
