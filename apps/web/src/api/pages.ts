import { useInfiniteQuery } from '@tanstack/react-query';

/**
 * One page after another of a list.
 * @param read answers one page; `undefined` asks for the first
 */
export const usePages = <Page extends { readonly next: string | null }>(
  name: readonly unknown[],
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<{ readonly data?: Page }>,
) =>
  useInfiniteQuery({
    queryKey: name,
    queryFn: async ({ pageParam, signal }) => (await read(pageParam, signal)).data!,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
