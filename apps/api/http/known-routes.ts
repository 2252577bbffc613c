import type { FastifyInstance } from 'fastify';
import { problemOfStatus } from '../problems/problem-of';

const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replaceAll('*', '.*')}$`,
  );

/** A path that exists, asked by a method that does not: 405 that names the methods, where Fastify would say 404. */
export const refuseOtherMethods = (server: FastifyInstance): void => {
  const routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  server.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  server.addHook('onRequest', (request, _, done) => {
    if (!request.is404) return done();
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = [...routes.values()].filter(({ pattern }) => pattern.test(path)).flatMap((route) => [...route.methods]);
    done(methods.length > 0 ? problemOfStatus(405, { allow: [...new Set(methods)].sort().join(', ') }) : undefined);
  });
};
