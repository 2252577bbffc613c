import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client';
import { Problem } from '../../../api/problem';
import type { paths } from '../../../api/generated/schema';
import { languageNow } from '../../../i18n/language';
import { useNetwork } from '../../../session/session';

export type Explained = paths['/networks/{networkId}/rounds/{roundId}/explanation']['get']['responses'][200]['content']['application/json'];
export type Proposal = Explained['proposals'][number];
export type Remedy = Explained['unmatched'][number]['remedy'];

/** A whole round: what gates cost, and by their ids why each match and what would change each request that was left. */
export interface Explanation extends Pick<Explained, 'basis' | 'served' | 'gap' | 'gateCosts' | 'told'> {
  readonly proposals: ReadonlyMap<string, Proposal>;
  readonly remedies: ReadonlyMap<string, Remedy>;
}

const PAGE_SIZE = 200;
const ASK_AGAIN_MS = 2_000;

/** It goes on, and is asked for again. */
export const isUnderWay = (fault: unknown): boolean => fault instanceof Problem && fault.code === 'under-way';
export const untilDone = { retry: (_: number, fault: unknown) => isUnderWay(fault), retryDelay: ASK_AGAIN_MS } as const;

const joined = (pages: readonly Explained[]): Explanation => {
  const { basis, served, gap, gateCosts, told } = pages[0]!;
  return {
    ...{ basis, served, gap, gateCosts, told },
    proposals: new Map(pages.flatMap(({ proposals }) => proposals.map((one) => [one.matchId, one] as const))),
    remedies: new Map(pages.flatMap(({ unmatched }) => unmatched.map(({ requestId, remedy }) => [requestId, remedy] as const))),
  };
};

/** Asked for once somebody wants it: it takes several rounds' time. */
export const useExplanation = (roundId: string, isWanted: boolean) => {
  const { networkId } = useNetwork();
  return useQuery({
    ...untilDone,
    queryKey: ['explanation', networkId, roundId, languageNow()],
    enabled: isWanted,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const pages: Explained[] = [];
      for (let cursor: string | null = null; ;) {
        const query: { limit: number; cursor?: string } = { limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
        const params = { path: { networkId, roundId }, query, header: { 'Accept-Language': languageNow() } };
        // JSON is what was asked for: a file is another question
        const page = (await api.GET('/networks/{networkId}/rounds/{roundId}/explanation', { params, signal })).data as Explained;
        pages.push(page);
        cursor = page.next;
        if (cursor === null) return joined(pages);
      }
    },
  });
};
