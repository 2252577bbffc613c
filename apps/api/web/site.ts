import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { packageRoot } from '../http/package-root';

/** Addresses of pages: the site itself knows which there are. */
const PAGES = ['/', '/n/*', '/sign-in-failed'];

/** Nothing inline, nothing from elsewhere. */
const CONTENT =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
  "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const A_YEAR_S = 31_536_000;

/** The site as `npm run build` made it, at the API's own origin; nothing where it was not built. */
export const serveSite = (server: FastifyInstance): void => {
  const root = join(packageRoot(__dirname), 'dist', 'apps', 'web');
  if (!existsSync(join(root, 'index.html'))) return;
  const page = readFileSync(join(root, 'index.html'), 'utf8');
  void server.register(fastifyStatic, {
    root: join(root, 'site'),
    prefix: '/site/',
    decorateReply: false,
    immutable: true,
    preCompressed: true,
    maxAge: A_YEAR_S * 1000,
  });
  const logo = readFileSync(join(root, 'logo.svg'));
  server.get('/logo.svg', (_, reply) => reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(logo));
  for (const path of PAGES)
    server.get(path, (_, reply) =>
      reply.type('text/html; charset=utf-8').header('content-security-policy', CONTENT).header('cache-control', 'no-cache').send(page),
    );
};
