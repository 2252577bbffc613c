import { useInfiniteQuery } from '@tanstack/react-query';

/** Where each reading is recorded, it happens when it is asked for and at no other time. */
interface Reading {
  readonly enabled?: boolean;
  readonly staleTime?: number;
  readonly refetchOnWindowFocus?: boolean;
  readonly refetchOnReconnect?: boolean;
  readonly retry?: boolean;
}

/**
 * One page after another of a list.
 * @param read answers one page; `undefined` asks for the first
 */
export const usePages = <Page extends { readonly next: string | null }>(
  name: readonly unknown[],
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<{ readonly data?: Page }>,
  reading: Reading = {},
) =>
  useInfiniteQuery({
    ...reading,
    queryKey: name,
    queryFn: async ({ pageParam, signal }) => (await read(pageParam, signal)).data!,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
