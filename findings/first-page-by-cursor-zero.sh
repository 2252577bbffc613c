#!/usr/bin/env bash
# A first page that is asked for by cursor 0
#
# Shows: openapi-react-query's useInfiniteQuery asks for the first page with the query `cursor=0` where `initialPageParam` is undefined, which is
# how TanStack Query's own examples begin a list whose cursors the server makes up. A server that knows its cursors refuses that one.
# Packages: openapi-react-query 0.5.4, openapi-fetch 0.17.0, @tanstack/react-query 5.108.0, react and react-dom 19.3.1
# Date: 2026-11-30, Node 20.20
# Expected: no cursor in the first request, as TanStack Query hands on undefined, and openapi-fetch leaves undefined values out.
# Seen: undefined becomes 0 between the two.
# The server here is a function in place of fetch that tells the addresses it was asked for.
# Output:
#   TanStack Query alone hands on: undefined
#   openapi-fetch alone asks for: /things
#   openapi-react-query asks for: /things?cursor=0
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true,"type":"module"}' >package.json
npm i --silent --no-save openapi-react-query@0.5.4 openapi-fetch@0.17.0 @tanstack/react-query@5.108.0 react@19.3.1 react-dom@19.3.1 ||
  { echo 'the packages could not be installed'; exit 2; }

cat >run.js <<'JS'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import createFetchClient from 'openapi-fetch';
import createHooks from 'openapi-react-query';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
setTimeout(() => process.exit(3), 30_000).unref();

const asked = [];
const fetch = async ({ url }) => {
  asked.push(url.replace('http://things.example', ''));
  return Response.json({ items: [], next: null });
};
const api = createFetchClient({ baseUrl: 'http://things.example', fetch });
const paging = { initialPageParam: undefined, getNextPageParam: (page) => page.next ?? undefined };

let handedOn = 'nothing';
await new QueryClient().fetchInfiniteQuery({ queryKey: ['alone'], queryFn: ({ pageParam }) => (handedOn = String(pageParam)), ...paging });
console.log(`TanStack Query alone hands on: ${handedOn}`);

await api.GET('/things', { params: { query: { cursor: undefined } } });
console.log(`openapi-fetch alone asks for: ${asked.at(-1)}`);

const cache = new QueryClient();
const List = () => void createHooks(api).useInfiniteQuery('get', '/things', {}, { pageParamName: 'cursor', ...paging });
renderToString(createElement(QueryClientProvider, { client: cache }, createElement(List)));
// no effect runs in a string: the query that the hook made is asked here
const [query] = cache.getQueryCache().getAll();
await cache.fetchInfiniteQuery(query.options);
console.log(`openapi-react-query asks for: ${asked.at(-1)}`);
JS
{ node run.js || echo failed; } | tee seen
diff -q <(sed -n 's/^#   //p' "$self") seen >/dev/null || { echo 'changed: no longer as stated in first-page-by-cursor-zero.sh'; exit 1; }
