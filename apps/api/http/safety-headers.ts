import type { FastifyInstance } from 'fastify';

/**
 * What helmet tells browsers, the same with every answer, so it is written down and not computed. The reader of the document needs inline
 * styles; nothing else is let in. Other hosts of the domain are their owners' affair. The site and pages to print have a stricter policy of their own.
 */
export const SAFETY_HEADERS = {
  'content-security-policy':
    "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'self';img-src 'self' data:;" +
    "object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self' 'unsafe-inline'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
} as const;

/** With every answer, errors included; personal ones stay in no cache, unless a route says better. */
export const sendSafely = (server: FastifyInstance): void => {
  server.addHook('onRequest', (_, reply, done) => {
    void reply.headers(SAFETY_HEADERS);
    done();
  });
  server.addHook('onSend', (_, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control') && String(reply.getHeader('content-type')).includes('json'))
      void reply.header('cache-control', 'no-store');
    done();
  });
};
