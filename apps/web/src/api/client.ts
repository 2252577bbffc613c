import createClient, { type Middleware } from 'openapi-fetch';
import createQueryHooks from 'openapi-react-query';
import pathsWithAfter from './generated/paths-with-after.json';
import type { paths } from './generated/schema';
import { LostConnection, Problem, type ProblemBody } from './problem';

/** The language in which the API words problems and labels: as the site is read. */
let language = 'fr';
export const askIn = (next: string): void => void (language = next);

/** By network: how far the log was when this browser last changed something. What is read after it holds it. */
const lastChange = new Map<string, string>();

const networkOf = (url: string): string | undefined => /\/networks\/([0-9a-f-]{36})/.exec(url)?.[1];
const takesAfter = new Set<string>(pathsWithAfter);

/** `?after=` the last change made here: nobody sees the page of before, however far a read model is behind. */
const readOwnChanges: Middleware = {
  onRequest({ request, schemaPath }) {
    const position = lastChange.get(networkOf(request.url) ?? '');
    if (request.method !== 'GET' || position === undefined || !takesAfter.has(schemaPath)) return undefined;
    const url = new URL(request.url);
    if (url.searchParams.has('asOf')) return undefined;
    url.searchParams.set('after', position);
    return new Request(url, request);
  },
  async onResponse({ request, response }) {
    if (request.method === 'GET' || !response.ok) return;
    const network = networkOf(request.url);
    const answer = (await response
      .clone()
      .json()
      .catch(() => null)) as { position?: string } | null;
    if (network && answer?.position) lastChange.set(network, answer.position);
  },
};

const sayLanguage: Middleware = {
  onRequest({ request }) {
    request.headers.set('accept-language', language);
    return request;
  },
};

const isProblem = (body: unknown): body is ProblemBody => typeof body === 'object' && body !== null && 'code' in body && 'title' in body;

/** Everything but an answer is thrown: a {@link Problem} that the API worded, or a {@link LostConnection}. */
const throwProblems: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return;
    const body: unknown = await response.json().catch(() => null);
    if (isProblem(body)) throw new Problem(body);
    throw new LostConnection(`status ${response.status}`);
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') return error;
    return new LostConnection('no answer', { cause: error });
  },
};

export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
api.use(sayLanguage, readOwnChanges, throwProblems);

/** Typed hooks over the API: `queries.useQuery('get', path, init)`. */
export const queries = createQueryHooks(api);
